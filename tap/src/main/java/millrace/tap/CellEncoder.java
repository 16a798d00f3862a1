package millrace.tap;

import java.time.ZoneId;
import java.util.Arrays;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Writes the values of one column, cut to a number of bytes. */
abstract class CellEncoder {
    static final long WHOLE = -1;

    /**
     * Writes a value.
     *
     * @return WHOLE, or the size in bytes of the value of which only the beginning was written: that of
     *     the value itself for strings and bytes, that of its JSON for everything else
     */
    abstract long encode(Object value, JsonBuffer out);

    static CellEncoder of(LogicalType type, ZoneId zone, int most) {
        if (type.is(LogicalTypeRoot.CHAR) || type.is(LogicalTypeRoot.VARCHAR)) {
            return new TextCell(most);
        }
        if (type.is(LogicalTypeRoot.BINARY) || type.is(LogicalTypeRoot.VARBINARY)) {
            return new BytesCell(most);
        }
        return new JsonCell(new ValueEncoders(zone).of(type), most);
    }

    /** Text, of which no more than is sent is turned into JSON. */
    private static final class TextCell extends CellEncoder {
        private final int most;

        TextCell(int most) {
            this.most = most;
        }

        @Override
        long encode(Object value, JsonBuffer out) {
            StringData text = (StringData) value;
            long size = LongText.size(text);
            if (size <= most) {
                out.string(text.toBytes());
                return WHOLE;
            }
            out.string(LongText.head(text, most));
            return size;
        }
    }

    /** Bytes: two characters each. */
    private static final class BytesCell extends CellEncoder {
        private final int most;

        BytesCell(int most) {
            this.most = most;
        }

        @Override
        long encode(Object value, JsonBuffer out) {
            byte[] bytes = (byte[]) value;
            int fits = Math.max(most / 2, 1);
            out.hex(bytes, Math.min(bytes.length, fits));
            return bytes.length <= fits ? WHOLE : bytes.length;
        }
    }

    /** Everything else: where it is too long, the beginning of its JSON as a string. */
    private static final class JsonCell extends CellEncoder {
        private final ValueEncoder encoder;
        private final int most;

        JsonCell(ValueEncoder encoder, int most) {
            this.encoder = encoder;
            this.most = most;
        }

        @Override
        long encode(Object value, JsonBuffer out) {
            int start = out.size();
            out.limitTo(most);
            encoder.encode(value, out);
            long beyond = out.unlimit();
            if (beyond == 0) {
                return WHOLE;
            }
            byte[] head = out.takeFrom(start);
            out.string(Arrays.copyOf(head, LongText.wholeCharacters(head)));
            return head.length + beyond;
        }
    }
}

package millrace.tap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/** Size and beginning of a text without encoding the whole of it. */
final class LongText {
    private LongText() {}

    /** Bytes of the text in UTF-8. */
    static long size(StringData text) {
        if (!(text instanceof BinaryStringData)) {
            return text.toBytes().length;
        }
        BinaryStringData binary = (BinaryStringData) text;
        return binary.getBinarySection() != null ? binary.getSizeInBytes() : utf8Size(binary.getJavaObject());
    }

    /** The first characters of a text that is longer, in at most so many bytes of UTF-8. */
    static byte[] head(StringData text, int most) {
        BinaryStringData binary = text instanceof BinaryStringData ? (BinaryStringData) text : null;
        byte[] head;
        if (binary == null) {
            head = Arrays.copyOf(text.toBytes(), most);
        } else if (binary.getBinarySection() == null) {
            String java = binary.getJavaObject();
            byte[] beginning = java.substring(0, Math.min(java.length(), most)).getBytes(StandardCharsets.UTF_8);
            head = Arrays.copyOf(beginning, Math.min(beginning.length, most));
        } else {
            head = new byte[most];
            for (int i = 0; i < most; i++) {
                head[i] = binary.byteAt(i);
            }
        }
        return Arrays.copyOf(head, wholeCharacters(head));
    }

    /** The length of UTF-8 text without the beginning of a character at its end. */
    static int wholeCharacters(byte[] utf8) {
        for (int back = 1; back <= Math.min(3, utf8.length); back++) {
            int b = utf8[utf8.length - back];
            if ((b & 0xc0) != 0x80) { // the first byte of the last character
                int length = b >= 0 ? 1 : (b & 0xe0) == 0xc0 ? 2 : (b & 0xf0) == 0xe0 ? 3 : 4;
                return length > back ? utf8.length - back : utf8.length;
            }
        }
        return utf8.length;
    }

    private static long utf8Size(String text) {
        long size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3; // a pair of surrogates is 4
        }
        return size;
    }
}

package millrace.tap;

import static org.apache.flink.table.types.logical.utils.LogicalTypeChecks.getFieldNames;
import static org.apache.flink.table.types.logical.utils.LogicalTypeChecks.getFieldTypes;
import static org.apache.flink.table.types.logical.utils.LogicalTypeChecks.getPrecision;

import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.utils.DateTimeUtils;
import org.apache.flink.types.variant.Variant;

/**
 * The wire form of each type of Flink SQL. What JavaScript's numbers cannot hold is a string; dates and
 * times are written by the functions that Flink's CAST to STRING calls.
 */
final class ValueEncoders {
    private final TimeZone zone;

    /** @param zone that of TIMESTAMP_LTZ values */
    ValueEncoders(ZoneId zone) {
        this.zone = TimeZone.getTimeZone(zone);
    }

    ValueEncoder of(LogicalType type) {
        switch (type.getTypeRoot()) {
            case BOOLEAN:
            case TINYINT:
            case SMALLINT:
            case INTEGER:
                return (value, out) -> out.raw(value.toString());
            case FLOAT:
            case DOUBLE:
                return ValueEncoders::floating;
            case CHAR:
            case VARCHAR:
                return (value, out) -> out.string(((StringData) value).toBytes());
            case BINARY:
            case VARBINARY:
                return (value, out) -> out.hex((byte[]) value, ((byte[]) value).length);
            case DATE:
                return text(value -> DateTimeUtils.formatDate((Integer) value));
            case TIME_WITHOUT_TIME_ZONE:
            case TIMESTAMP_WITHOUT_TIME_ZONE:
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                return time(type);
            case INTERVAL_YEAR_MONTH:
                return text(value -> DateTimeUtils.formatIntervalYearMonth((Integer) value));
            case INTERVAL_DAY_TIME:
                return text(value -> DateTimeUtils.formatIntervalDayTime((Long) value));
            case ARRAY:
                return array(((ArrayType) type).getElementType());
            case MAP:
                return map(((MapType) type).getKeyType(), ((MapType) type).getValueType());
            case MULTISET:
                return map(((MultisetType) type).getElementType(), new IntType(false));
            case ROW:
            case STRUCTURED_TYPE:
                return row(type);
            case DISTINCT_TYPE:
                return of(((DistinctType) type).getSourceType());
            case VARIANT:
                return text(value -> ((Variant) value).toJson());
            case RAW:
                return raw((RawType<?>) type);
            default: // BIGINT and DECIMAL among them
                return text(Object::toString);
        }
    }

    private interface Text {
        String of(Object value);
    }

    private static ValueEncoder text(Text text) {
        return (value, out) -> out.string(text.of(value));
    }

    private static void floating(Object value, JsonBuffer out) {
        if (Double.isFinite(((Number) value).doubleValue())) {
            out.raw(value.toString());
        } else {
            out.string(value.toString());
        }
    }

    private ValueEncoder time(LogicalType type) {
        int precision = getPrecision(type);
        switch (type.getTypeRoot()) {
            case TIME_WITHOUT_TIME_ZONE:
                return text(value -> DateTimeUtils.formatTimestampMillis((Integer) value, precision));
            case TIMESTAMP_WITHOUT_TIME_ZONE:
                return text(value -> DateTimeUtils.formatTimestamp((TimestampData) value, DateTimeUtils.UTC_ZONE, precision));
            default:
                return text(value -> DateTimeUtils.formatTimestamp((TimestampData) value, zone, precision));
        }
    }

    private static <T> ValueEncoder raw(RawType<T> type) {
        TypeSerializer<T> serializer = type.getTypeSerializer();
        return text(value -> String.valueOf(ValueEncoders.<T>rawValue(value).toObject(serializer)));
    }

    @SuppressWarnings("unchecked")
    private static <T> RawValueData<T> rawValue(Object value) {
        return (RawValueData<T>) value;
    }

    private ValueEncoder array(LogicalType element) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(element);
        ValueEncoder encoder = orNull(of(element));
        return (value, out) -> {
            ArrayData array = (ArrayData) value;
            out.put('[');
            for (int i = 0; i < array.size(); i++) {
                separate(i, out);
                encoder.encode(getter.getElementOrNull(array, i), out);
            }
            out.put(']');
        };
    }

    private ValueEncoder map(LogicalType key, LogicalType value) {
        ArrayData.ElementGetter keys = ArrayData.createElementGetter(key);
        ArrayData.ElementGetter values = ArrayData.createElementGetter(value);
        ValueEncoder keyEncoder = orNull(of(key));
        ValueEncoder valueEncoder = orNull(of(value));
        return (map, out) -> {
            ArrayData keyArray = ((MapData) map).keyArray();
            ArrayData valueArray = ((MapData) map).valueArray();
            out.put('[');
            for (int i = 0; i < keyArray.size(); i++) {
                separate(i, out);
                out.raw("{\"key\":");
                keyEncoder.encode(keys.getElementOrNull(keyArray, i), out);
                out.raw(",\"value\":");
                valueEncoder.encode(values.getElementOrNull(valueArray, i), out);
                out.put('}');
            }
            out.put(']');
        };
    }

    private ValueEncoder row(LogicalType type) {
        List<LogicalType> types = getFieldTypes(type);
        List<String> names = getFieldNames(type);
        int arity = types.size();
        byte[][] labels = new byte[arity][];
        RowData.FieldGetter[] getters = new RowData.FieldGetter[arity];
        ValueEncoder[] encoders = new ValueEncoder[arity];
        for (int i = 0; i < arity; i++) {
            JsonBuffer label = new JsonBuffer();
            label.string(names.get(i));
            label.put(':');
            labels[i] = label.toBytes();
            getters[i] = RowData.createFieldGetter(types.get(i), i);
            encoders[i] = orNull(of(types.get(i)));
        }
        return (value, out) -> {
            out.put('{');
            for (int i = 0; i < arity; i++) {
                separate(i, out);
                out.raw(labels[i]);
                encoders[i].encode(getters[i].getFieldOrNull((RowData) value), out);
            }
            out.put('}');
        };
    }

    /** The encoder, and null for null. */
    static ValueEncoder orNull(ValueEncoder encoder) {
        return (value, out) -> {
            if (value == null) {
                out.raw("null");
            } else {
                encoder.encode(value, out);
            }
        };
    }

    static void separate(int index, JsonBuffer out) {
        if (index > 0) {
            out.put(',');
        }
    }
}

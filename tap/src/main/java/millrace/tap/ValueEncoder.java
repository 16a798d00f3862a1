package millrace.tap;

/** Writes the non-null values of one type, in Flink's internal data structures, as JSON. */
@FunctionalInterface
interface ValueEncoder {
    void encode(Object value, JsonBuffer out);
}

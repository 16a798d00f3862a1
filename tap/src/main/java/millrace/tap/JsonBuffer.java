package millrace.tap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text in UTF-8. What goes over its limit is counted and not kept. */
final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final char REPLACEMENT = '\uFFFD';

    private byte[] bytes = new byte[512];
    private int size;
    private int limit = NO_LIMIT;
    private long beyond; // bytes over the limit

    void clear() {
        size = 0;
        unlimit();
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, size);
    }

    /** Keeps at most so many more bytes, until unlimit. */
    void limitTo(int more) {
        limit = size + more;
        beyond = 0;
    }

    /** Ends limitTo and returns how many bytes were not kept. */
    long unlimit() {
        long result = beyond;
        limit = NO_LIMIT;
        beyond = 0;
        return result;
    }

    /** Takes the bytes from start on away again. */
    byte[] takeFrom(int start) {
        byte[] taken = Arrays.copyOfRange(bytes, start, size);
        size = start;
        return taken;
    }

    void put(int b) {
        if (size >= limit) {
            beyond++;
            return;
        }
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) b;
    }

    /** Appends ASCII text as it is. */
    void raw(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
    }

    void raw(byte[] json) {
        for (byte b : json) {
            put(b);
        }
    }

    /** Appends bytes as a string of lower-case hex. */
    void hex(byte[] value, int length) {
        put('"');
        for (int i = 0; i < length; i++) {
            put(HEX[value[i] >> 4 & 0xf]);
            put(HEX[value[i] & 0xf]);
        }
        put('"');
    }

    /** Appends UTF-8 text as a string; bytes that are no UTF-8 become replacement characters. */
    void string(byte[] utf8) {
        for (byte b : utf8) {
            if (b < 0) {
                string(new String(utf8, StandardCharsets.UTF_8));
                return;
            }
        }
        put('"');
        for (byte b : utf8) {
            ascii(b);
        }
        put('"');
    }

    /** Appends text as a string; a lone surrogate becomes a replacement character. */
    void string(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else if (!Character.isSurrogate(c)) {
                beyondAscii(c);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                beyondAscii(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                beyondAscii(REPLACEMENT);
            }
        }
        put('"');
    }

    private void ascii(int c) {
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
        } else if (c >= ' ') {
            put(c);
        } else {
            raw("\\u00");
            put(HEX[c >> 4]);
            put(HEX[c & 0xf]);
        }
    }

    private void beyondAscii(int c) {
        if (c < 0x800) {
            put(0xc0 | c >> 6);
        } else {
            if (c < 0x10000) {
                put(0xe0 | c >> 12);
            } else {
                put(0xf0 | c >> 18);
                put(0x80 | c >> 12 & 0x3f);
            }
            put(0x80 | c >> 6 & 0x3f);
        }
        put(0x80 | c & 0x3f);
    }
}

package millrace.tap;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** One R frame: rows that follow each other without a gap, and the figures that go with them. */
final class Frame {
    static final int LARGE = 64 << 10; // bytes of rows from which on a frame takes no more

    private final long dropped;
    private long watermark;
    private int count;
    private byte[] rows = new byte[0];
    private int size;

    /** @param dropped rows left out before the first of this frame */
    Frame(long dropped, long watermark) {
        this.dropped = dropped;
        this.watermark = watermark;
    }

    void watermark(long watermark) {
        this.watermark = watermark;
    }

    void add(JsonBuffer row) {
        int end = size + Integer.BYTES + row.size();
        if (end > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(end, 2 * rows.length));
        }
        int length = row.size();
        for (int i = 0; i < Integer.BYTES; i++) {
            rows[size + i] = (byte) (length >>> (24 - 8 * i));
        }
        row.copyTo(rows, size + Integer.BYTES);
        size = end;
        count++;
    }

    boolean isFull() {
        return size >= LARGE;
    }

    int size() {
        return size;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(1 + Long.BYTES + Long.BYTES + Integer.BYTES + size);
        out.writeByte('R');
        out.writeLong(dropped);
        out.writeLong(watermark);
        out.writeInt(count);
        out.write(rows, 0, size);
    }
}

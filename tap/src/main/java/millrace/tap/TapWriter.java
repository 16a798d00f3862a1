package millrace.tap;

import java.io.IOException;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.data.RowData;

/**
 * The part of a tap that runs in the task's thread: it encodes rows and hands them to the sender. Only
 * a complete tap ever waits here.
 */
final class TapWriter implements SinkWriter<RowData> {
    private final RowEncoder encoder;
    private final RateCap cap;
    private final boolean complete;
    private final RowQueue queue;
    private final Sender sender;
    private final JsonBuffer row = new JsonBuffer();

    TapWriter(RowEncoder encoder, RateCap cap, boolean complete, RowQueue queue, Sender sender) {
        this.encoder = encoder;
        this.cap = cap;
        this.complete = complete;
        this.queue = queue;
        this.sender = sender;
    }

    @Override
    public void write(RowData element, Context context) throws IOException, InterruptedException {
        if (complete) {
            encoder.encode(element, row);
            queue.put(row);
        } else if (cap.allows(System.nanoTime()) && queue.hasRoom()) {
            encoder.encode(element, row);
            queue.offer(row);
        } else {
            queue.drop();
        }
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException {
        queue.watermark(watermark.getTimestamp());
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (endOfInput) {
            queue.end();
        }
    }

    @Override
    public void close() throws InterruptedException {
        sender.close();
    }
}

package millrace.tap;

import java.io.IOException;
import java.time.ZoneId;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Travels to the TaskManagers and makes a connected writer for each subtask. */
final class TapSink implements Sink<RowData> {
    private static final long serialVersionUID = 1L;

    private final TapSettings settings;
    private final RowType rowType;
    private final ZoneId zone;

    TapSink(TapSettings settings, RowType rowType, ZoneId zone) {
        this.settings = settings;
        this.rowType = rowType;
        this.zone = zone;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        TaskInfo task = context.getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        int parallelism = task.getNumberOfParallelSubtasks();
        RowEncoder encoder = new RowEncoder(rowType, zone, settings.cellBytes);
        RowQueue queue = new RowQueue();
        Connection connection = Connection.open(settings, subtask, parallelism);
        Sender sender = new Sender(queue, connection, settings.node, context.getMailboxExecutor());
        sender.start();
        return new TapWriter(
                encoder,
                RateCap.of(settings.rowsPerSecond, settings.burst, parallelism),
                settings.complete,
                queue,
                sender);
    }
}

package millrace.tap;

import java.time.ZoneId;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.logical.RowType;

/** The planner's view of a tap: it takes every changelog as it is, -U included. */
final class TapTableSink implements DynamicTableSink {
    private final TapSettings settings;
    private final RowType rowType;
    private final ZoneId zone;

    TapTableSink(TapSettings settings, RowType rowType, ZoneId zone) {
        this.settings = settings;
        this.rowType = rowType;
        this.zone = zone;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        return requestedMode;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return SinkV2Provider.of(new TapSink(settings, rowType, zone));
    }

    @Override
    public DynamicTableSink copy() {
        return new TapTableSink(settings, rowType, zone);
    }

    @Override
    public String asSummaryString() {
        return "tap of node " + settings.node;
    }
}

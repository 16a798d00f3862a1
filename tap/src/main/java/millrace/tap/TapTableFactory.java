package millrace.tap;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the sinks of {@code 'connector' = 'millrace-tap'}. A table of it may be created without the
 * address and the token of a preview; an INSERT gives them by hint: <code>INSERT INTO t
 * /*+ OPTIONS('address'='…','run'='…') *&#47; SELECT …</code>.
 */
public final class TapTableFactory implements DynamicTableSinkFactory {
    @Override
    public String factoryIdentifier() {
        return "millrace-tap";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return TapSettings.OPTIONS;
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        TapSettings settings = TapSettings.of(helper.getOptions());
        RowType rowType = (RowType) context.getPhysicalRowDataType().getLogicalType();
        return new TapTableSink(settings, rowType, sessionZone(context));
    }

    /** The zone in which Flink's CAST writes a TIMESTAMP_LTZ. */
    private static ZoneId sessionZone(Context context) {
        String zone = context.getConfiguration().get(TableConfigOptions.LOCAL_TIME_ZONE);
        if (zone.equals(TableConfigOptions.LOCAL_TIME_ZONE.defaultValue())) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new ValidationException("'" + TableConfigOptions.LOCAL_TIME_ZONE.key() + "' is no time zone: " + zone, e);
        }
    }
}

package millrace.tap;

import java.io.Serializable;
import java.net.InetSocketAddress;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** What a tap was told by its table's options. */
final class TapSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    static final ConfigOption<String> ADDRESS =
            ConfigOptions.key("address")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Where the rows go, as host:port.");
    static final ConfigOption<String> RUN =
            ConfigOptions.key("run")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The secret token of the preview.");
    static final ConfigOption<String> NODE =
            ConfigOptions.key("node")
                    .stringType()
                    .defaultValue("")
                    .withDescription("The id of the node whose rows these are.");
    static final ConfigOption<Long> ROWS_PER_SECOND =
            ConfigOptions.key("rows-per-second")
                    .longType()
                    .defaultValue(0L)
                    .withDescription("At most so many rows are sent, over all subtasks; 0 means no cap.");
    static final ConfigOption<Long> BURST =
            ConfigOptions.key("burst")
                    .longType()
                    .defaultValue(0L)
                    .withDescription(
                            "So many rows may come at once before the cap is felt; less than a second's worth"
                                    + " means that.");
    static final ConfigOption<Integer> CELL_BYTES =
            ConfigOptions.key("cell-bytes")
                    .intType()
                    .defaultValue(4096)
                    .withDescription("A longer cell is cut; in bytes of UTF-8.");
    static final ConfigOption<Boolean> COMPLETE =
            ConfigOptions.key("complete")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Hold the job back rather than leave a row out.");

    static final Set<ConfigOption<?>> OPTIONS =
            Set.of(ADDRESS, RUN, NODE, ROWS_PER_SECOND, BURST, CELL_BYTES, COMPLETE);

    private static final int LARGEST_CELL = 16 << 20;

    final String host;
    final int port;
    final String run;
    final String node;
    final long rowsPerSecond;
    final long burst;
    final int cellBytes;
    final boolean complete;

    private TapSettings(ReadableConfig options) {
        String address = given(options, ADDRESS);
        int colon = address.lastIndexOf(':');
        host = address.substring(0, Math.max(colon, 0)).replaceAll("^\\[|]$", "");
        port = port(address.substring(colon + 1));
        check(!host.isEmpty() && port > 0, ADDRESS, "host:port", address);
        run = given(options, RUN);
        node = options.get(NODE);
        rowsPerSecond = options.get(ROWS_PER_SECOND);
        check(rowsPerSecond >= 0, ROWS_PER_SECOND, "0 or more", rowsPerSecond);
        burst = options.get(BURST);
        check(burst >= 0, BURST, "0 or more", burst);
        cellBytes = options.get(CELL_BYTES);
        check(cellBytes > 0 && cellBytes <= LARGEST_CELL, CELL_BYTES, "1 to " + LARGEST_CELL, cellBytes);
        complete = options.get(COMPLETE);
        check(!complete || rowsPerSecond == 0, COMPLETE, "false where rows-per-second is a cap", true);
    }

    /** Reads the options; a missing or senseless one is a ValidationException that names it. */
    static TapSettings of(ReadableConfig options) {
        return new TapSettings(options);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    private static String given(ReadableConfig options, ConfigOption<String> option) {
        return options.getOptional(option)
                .orElseThrow(
                        () ->
                                new ValidationException(
                                        "A millrace-tap is written to by a preview alone: the option '"
                                                + option.key()
                                                + "' is missing. Give it by a hint: INSERT INTO t /*+ OPTIONS('"
                                                + option.key()
                                                + "'='…') */ SELECT …"));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port < 1 << 16 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void check(boolean right, ConfigOption<?> option, String wanted, Object got) {
        if (!right) {
            throw new ValidationException("The option '" + option.key() + "' must be " + wanted + ", not " + got + ".");
        }
    }
}

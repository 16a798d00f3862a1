package millrace.tap;

/**
 * Lets a number of rows through each second. Credit comes ten times a second and not row by row, so that
 * rows which follow each other in the stream are seen together and there are few gaps.
 */
final class RateCap {
    private static final long TICK = 100_000_000L; // ns

    private final double rowsPerSecond;
    private final double most; // credit that can pile up: the burst, at least a second's worth
    private double credit;
    private long last; // when credit came, ns
    private boolean started;

    private RateCap(double rowsPerSecond, double burst) {
        this.rowsPerSecond = rowsPerSecond;
        this.most = Math.max(Math.max(rowsPerSecond, burst), 1);
        this.credit = most;
    }

    /** The share of one subtask; rowsPerSecond = 0 means no cap. */
    static RateCap of(long rowsPerSecond, long burst, int parallelism) {
        return rowsPerSecond == 0
                ? new RateCap(Double.POSITIVE_INFINITY, 0)
                : new RateCap((double) rowsPerSecond / parallelism, (double) burst / parallelism);
    }

    boolean allows(long now) {
        if (rowsPerSecond == Double.POSITIVE_INFINITY) {
            return true;
        }
        if (!started) {
            started = true;
            last = now;
        } else if (now - last >= TICK) {
            credit = Math.min(most, credit + rowsPerSecond * (now - last) / 1e9);
            last = now;
        }
        if (credit < 1) {
            return false;
        }
        credit--;
        return true;
    }
}

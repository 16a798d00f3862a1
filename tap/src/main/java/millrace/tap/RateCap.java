package millrace.tap;

/**
 * Lets a number of rows through each second. Credit comes ten times a second and not row by row, so that
 * rows which follow each other in the stream are seen together and there are few gaps.
 */
final class RateCap {
    private static final long TICK = 100_000_000L; // ns

    private final double rowsPerSecond;
    private final double most; // credit that can pile up: a second's worth
    private double credit;
    private long last; // when credit came, ns
    private boolean started;

    private RateCap(double rowsPerSecond) {
        this.rowsPerSecond = rowsPerSecond;
        this.most = Math.max(rowsPerSecond, 1);
        this.credit = most;
    }

    /** The share of one subtask; rowsPerSecond = 0 means no cap. */
    static RateCap of(long rowsPerSecond, int parallelism) {
        return new RateCap(rowsPerSecond == 0 ? Double.POSITIVE_INFINITY : (double) rowsPerSecond / parallelism);
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

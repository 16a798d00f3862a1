package millrace.tap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The frames between the task's thread, which adds rows, and the sender, which takes frames. It is
 * bounded in bytes, and it keeps the places of gaps: a frame begins anew after rows were dropped.
 */
final class RowQueue {
    private static final long LARGEST = 4 << 20; // bytes of rows
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(5); // frames that are not full come no faster
    private static final long FIGURES_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long bytes;
    private long dropped; // since the last row of the last frame
    private long watermark = Long.MIN_VALUE;
    private boolean newFigures; // dropped or watermark are not in a frame yet
    private long lastFrame = System.nanoTime() - FIGURES_EVERY;
    private boolean ended; // no more rows come
    private boolean drained; // and all are sent
    private IOException failure; // nobody takes frames any more

    /** Adds a row and waits for room. */
    synchronized void put(JsonBuffer row) throws IOException, InterruptedException {
        check();
        while (!hasRoom()) {
            wait();
            check();
        }
        add(row);
    }

    /** Adds a row, or counts it as dropped when there is no room. */
    synchronized void offer(JsonBuffer row) throws IOException {
        check();
        if (hasRoom()) {
            add(row);
        } else {
            drop();
        }
    }

    /** Counts a row that is left out. */
    synchronized void drop() throws IOException {
        check();
        dropped++;
        newFigures = true;
    }

    synchronized boolean hasRoom() {
        return bytes < LARGEST;
    }

    synchronized void watermark(long watermark) throws IOException {
        check();
        this.watermark = watermark;
        Frame last = frames.peekLast();
        if (last == null || dropped > 0) {
            newFigures = true;
        } else {
            last.watermark(watermark);
        }
    }

    /** Says that no more rows come, and waits until all have been sent. */
    synchronized void end() throws IOException, InterruptedException {
        ended = true;
        notifyAll();
        while (!drained) {
            check();
            wait();
        }
    }

    /** The next frame, waiting for one; null at the end of the input. */
    synchronized Frame take() throws InterruptedException {
        while (true) {
            long sinceLast = System.nanoTime() - lastFrame;
            Frame next = due(sinceLast);
            if (next != null) {
                lastFrame = System.nanoTime();
                return next;
            }
            if (ended) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, frames.isEmpty() ? FIGURES_EVERY : GATHER);
        }
    }

    /** The frame to be sent now; null when there is none. The first row after a pause does not wait for others. */
    private Frame due(long sinceLast) {
        Frame first = frames.peek();
        if (first == null) {
            return newFigures && (ended || sinceLast >= FIGURES_EVERY) ? newFrame() : null;
        }
        if (frames.size() == 1 && !first.isFull() && !ended && sinceLast < GATHER) {
            return null;
        }
        bytes -= first.size();
        notifyAll();
        return frames.remove();
    }

    /** Says that everything is sent. */
    synchronized void drained() {
        drained = true;
        notifyAll();
    }

    /** Lets every call of the task's thread fail from now on. */
    synchronized void fail(IOException cause) {
        failure = cause;
        notifyAll();
    }

    private void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private void add(JsonBuffer row) {
        Frame last = frames.peekLast();
        if (last == null || last.isFull() || dropped > 0) {
            last = newFrame();
            frames.add(last);
            notifyAll();
        }
        int before = last.size();
        last.add(row);
        bytes += last.size() - before;
        if (last.isFull()) {
            notifyAll();
        }
    }

    private Frame newFrame() {
        Frame frame = new Frame(dropped, watermark);
        dropped = 0;
        newFigures = false;
        return frame;
    }
}

package millrace.tap;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;

/**
 * Sends the queue's frames from a thread of its own, and watches the connection from another, so that a
 * job without rows fails too when its preview is gone.
 */
final class Sender {
    private final RowQueue queue;
    private final Connection connection;
    private final MailboxExecutor mailbox;
    private final Thread sending;
    private final Thread watching;
    private volatile boolean over; // the server may close the connection from now on
    private volatile boolean closing; // we do

    Sender(RowQueue queue, Connection connection, String node, MailboxExecutor mailbox) {
        this.queue = queue;
        this.connection = connection;
        this.mailbox = mailbox;
        sending = thread(this::send, "millrace-tap sender " + node);
        watching = thread(this::watch, "millrace-tap watcher " + node);
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        sending.start();
        watching.start();
    }

    private void send() {
        try {
            for (Frame frame = queue.take(); frame != null; frame = queue.take()) {
                connection.send(frame);
            }
            over = true;
            connection.sendEnd();
            queue.drained();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // by close
        } catch (IOException e) {
            fail(new PreviewGoneException(e.toString()));
        } catch (RuntimeException | Error e) {
            fail(new IOException("the tap cannot send its rows", e));
        }
    }

    private void watch() {
        String why;
        try {
            connection.awaitClose();
            why = "the server closed the connection";
        } catch (IOException e) {
            why = e.toString();
        }
        if (!over) {
            fail(new PreviewGoneException(why));
        }
    }

    private void fail(IOException failure) {
        if (closing) {
            return;
        }
        queue.fail(failure);
        try {
            mailbox.execute(
                    () -> {
                        throw failure;
                    },
                    "fail the tap");
        } catch (RejectedExecutionException e) {
            // the task has ended already
        }
    }

    void close() throws InterruptedException {
        closing = true;
        sending.interrupt();
        try {
            connection.close(); // ends a blocked read or write
        } catch (IOException e) {
            // closed is what it should be
        }
        sending.join();
        watching.join();
    }
}

package millrace.tap;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The TCP connection of one subtask to the server: tap.go describes its frames. */
final class Connection implements Closeable {
    private static final byte[] MAGIC = "MRTAP1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CONNECT_TIMEOUT = 5_000; // ms
    private static final int ANSWER_TIMEOUT = 10_000; // ms
    private static final int WELCOME = 'K';

    private final Socket socket;
    private final InputStream in;
    private final DataOutputStream out;

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        in = socket.getInputStream();
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), Frame.LARGE));
    }

    /** Connects and says whose rows come; a refusal is a PreviewGoneException. */
    static Connection open(TapSettings settings, int subtask, int parallelism) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(settings.address(), CONNECT_TIMEOUT);
            Connection connection = new Connection(socket);
            connection.greet(settings, subtask, parallelism);
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e instanceof PreviewGoneException ? e : new PreviewGoneException(e.toString());
        }
    }

    private void greet(TapSettings settings, int subtask, int parallelism) throws IOException {
        JsonBuffer hello = new JsonBuffer();
        hello.raw("{\"run\":");
        hello.string(settings.run);
        hello.raw(",\"node\":");
        hello.string(settings.node);
        hello.raw(",\"subtask\":" + subtask + ",\"parallelism\":" + parallelism + "}");
        out.write(MAGIC);
        out.writeInt(1 + hello.size());
        out.writeByte('H');
        out.write(hello.toBytes());
        out.flush();
        socket.setSoTimeout(ANSWER_TIMEOUT);
        if (in.read() != WELCOME) {
            throw new PreviewGoneException("the server refused this run");
        }
        socket.setSoTimeout(0);
    }

    void send(Frame frame) throws IOException {
        frame.writeTo(out);
        out.flush();
    }

    void sendEnd() throws IOException {
        out.writeInt(1);
        out.writeByte('E');
        out.flush();
    }

    /** Returns when the server has closed the connection: it sends nothing after its welcome. */
    void awaitClose() throws IOException {
        while (in.read() >= 0) {
            // an answer that this version does not know
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

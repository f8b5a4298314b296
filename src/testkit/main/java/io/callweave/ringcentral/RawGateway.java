package io.callweave.ringcentral;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server that sends what a test wants, also what no server should. It reads nothing but the handshake. For a client that
 * takes it for a proxy, it is one to itself.
 */
public final class RawGateway implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");
    private static final int TEXT = 1;
    private static final int LAST = 0x80;

    /** The first byte of a handshake. */
    private static final int TLS = 22;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final @Nullable Answer answer;
    private final Behaviour behaviour;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Sends the frames of a connection, which ends afterwards. */
    @FunctionalInterface
    public interface Behaviour {
        void send(Sender to) throws IOException;
    }

    /** Answers the head of a request in place of a gateway, or what TLS sends first; the connection ends afterwards. */
    @FunctionalInterface
    public interface Answer {
        void send(OutputStream out) throws IOException;
    }

    /** Starts it. */
    public RawGateway(Behaviour behaviour) throws IOException {
        this(null, behaviour);
    }

    private RawGateway(@Nullable Answer answer, Behaviour behaviour) throws IOException {
        this.answer = answer;
        this.behaviour = behaviour;
        start(this::accept);
    }

    /** Starts one that accepts no WebSocket. */
    public static RawGateway answering(Answer answer) throws IOException {
        return new RawGateway(answer, to -> {});
    }

    /** Of the requests so far. */
    public List<String> heads() {
        return heads;
    }

    public URI address() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/ws");
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String head = head(socket.getInputStream());
            if (answer != null) {
                answer.send(socket.getOutputStream());
                return;
            }
            if (head.startsWith("CONNECT ")) {
                Thread.sleep(200); // Jetty's client fails if the answer is there before its write has returned
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                head = head(socket.getInputStream());
            }
            Matcher key = KEY.matcher(head);
            if (!key.find()) {
                return;
            }
            Sender sender = new Sender(new DataOutputStream(socket.getOutputStream()));
            sender.out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
            behaviour.send(sender);
        } catch (IOException | InterruptedException ended) {
            // By the client, or by the end of the test.
        }
    }

    private String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0 || one == TLS) {
                break;
            }
            head.write(one);
        }
        heads.add(head.toString(ISO_8859_1));
        return head.toString(ISO_8859_1);
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Writes frames; waits while the client does not read. */
    public static final class Sender {

        private final DataOutputStream out;

        private Sender(DataOutputStream out) {
            this.out = out;
        }

        /** A whole message. */
        public void text(String text) throws IOException {
            frame(TEXT | LAST, text.getBytes(UTF_8));
        }

        /** A part of a message that is not its last. */
        public void part(boolean first, String text) throws IOException {
            frame(first ? TEXT : 0, text.getBytes(UTF_8));
        }

        /** Anything. */
        public void bytes(byte... bytes) throws IOException {
            out.write(bytes);
        }

        private void frame(int head, byte[] payload) throws IOException {
            out.writeByte(head);
            // RFC 6455 wants the shortest form.
            if (payload.length < 126) {
                out.writeByte(payload.length);
            } else if (payload.length < 65_536) {
                out.writeByte(126);
                out.writeShort(payload.length);
            } else {
                out.writeByte(127);
                out.writeLong(payload.length);
            }
            out.write(payload);
        }
    }
}

package io.callweave.cli.role;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Strangers who try to keep all connections of a server: of each four, one says nothing, one asks for a page, one sends half a
 * head, and one a part of a body. Who is sent away comes again after a pause.
 */
final class HostileSenders implements AutoCloseable {

    /** From 127.0.0.2 on. */
    private static final int ADDRESSES = 20;

    /** With TLS, these also finish the handshake; others only begin it. */
    private static final int WITH_WHOLE_TLS = 40;

    private static final String PAGE = "GET / HTTP/1.1\r\nHost: bridge\r\n\r\n";
    private static final List<String> SAID = List.of(
            "",
            PAGE,
            "POST /webhooks/1 HT",
            "POST /webhooks/1 HTTP/1.1\r\nHost: bridge\r\nContent-Length: 500\r\n\r\n{");

    private final InetSocketAddress server;
    private final Duration pause;
    private final @Nullable SSLContext tls;
    private final List<ByteBuffer> said = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final Queue<Again> again = new ArrayDeque<>();
    private final AtomicLong opened = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean ended;

    private record Again(int number, long at) {}

    private HostileSenders(URI address, int connections, Duration pause, @Nullable SSLContext tls) throws IOException {
        server = new InetSocketAddress(address.getHost(), address.getPort());
        this.pause = pause;
        this.tls = tls;
        for (String each : SAID) {
            said.add(tls == null || each.isEmpty() ? ByteBuffer.wrap(each.getBytes(US_ASCII)) : hello(tls));
        }
        for (int i = 0; i < connections; i++) {
            again.add(new Again(i, 0));
        }
        threads.execute(this::work);
        for (int i = 0; i < WITH_WHOLE_TLS && tls != null; i++) {
            int number = i;
            threads.execute(() -> askWithTls(number));
        }
    }

    /** Starts them; with a context, they speak TLS. */
    static HostileSenders start(URI address, int connections, Duration pause, @Nullable SSLContext tls)
            throws IOException {
        return new HostileSenders(address, connections, pause, tls);
    }

    /** How many connections they have opened so far. */
    long opened() {
        return opened.get();
    }

    private void work() {
        ByteBuffer read = ByteBuffer.allocate(4_096);
        try {
            while (!ended) {
                while (!again.isEmpty() && again.peek().at() <= System.nanoTime()) {
                    open(again.remove().number());
                }
                selector.select(10);
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, read);
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void open(int number) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress("127.0.0." + (2 + number % ADDRESSES), 0));
        opened.incrementAndGet();
        try {
            var unused = channel.connect(server);
            channel.register(selector, SelectionKey.OP_CONNECT, number);
        } catch (IOException refused) {
            comeAgain(channel, number);
        }
    }

    private void serve(SelectionKey key, ByteBuffer read) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        int number = (int) key.attachment();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                var unused = channel.write(said.get(number % said.size()).duplicate());
            } else if (key.isReadable() && channel.read(read.clear()) < 0) {
                comeAgain(channel, number);
            }
        } catch (IOException reset) {
            comeAgain(channel, number);
        }
    }

    private void comeAgain(SocketChannel channel, int number) throws IOException {
        channel.close();
        again.add(new Again(number, System.nanoTime() + pause.toNanos()));
    }

    /** The first message of a handshake. */
    private static ByteBuffer hello(SSLContext tls) throws SSLException {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return hello.flip();
    }

    private void askWithTls(int number) {
        while (!ended && tls != null) {
            opened.incrementAndGet();
            try (Socket plain = new Socket()) {
                plain.bind(new InetSocketAddress("127.0.0." + (2 + number % ADDRESSES), 0));
                plain.connect(server);
                try (SSLSocket socket =
                        (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", server.getPort(), true)) {
                    socket.getOutputStream().write(PAGE.getBytes(US_ASCII));
                    socket.getInputStream().readAllBytes();
                }
                Thread.sleep(pause.toMillis());
            } catch (IOException sentAway) {
                // It comes again.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdownNow();
    }
}

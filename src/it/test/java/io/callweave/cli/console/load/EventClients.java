package io.callweave.cli.console.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many clients of the stream of changes, read by one thread. */
final class EventClients implements AutoCloseable {

    private static final int BUFFER = 1 << 18;
    private static final long SELECT_MS = 100;

    private final Selector selector;
    private final List<HeardEvents> heard = new ArrayList<>();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread reading = new Thread(this::read, "event-clients");
    private volatile boolean stopping;
    private volatile @Nullable Exception failure;

    private EventClients(Selector selector) {
        this.selector = selector;
    }

    /** @param closely how many of them look at what they hear */
    static EventClients connect(URI address, int number, int closely) throws IOException {
        EventClients clients = new EventClients(Selector.open());
        for (int i = 0; i < number; i++) {
            SocketChannel channel = ask(address);
            channel.configureBlocking(false);
            HeardEvents events = new HeardEvents(i < closely);
            channel.register(clients.selector, SelectionKey.OP_READ, events);
            clients.heard.add(events);
            clients.channels.add(channel);
        }
        clients.reading.setDaemon(true);
        clients.reading.start();
        return clients;
    }

    /** A connection that has asked for the stream. HTTP 1.0 has no chunks. */
    static SocketChannel ask(URI address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
        channel.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        channel.write(ByteBuffer.wrap(
                ("GET /v1/events HTTP/1.0\r\nHost: " + address.getAuthority() + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (!stopping) {
                selector.select(SELECT_MS);
                for (SelectionKey key : selector.selectedKeys()) {
                    HeardEvents events = (HeardEvents) key.attachment();
                    buffer.clear();
                    int length = ((SocketChannel) key.channel()).read(buffer);
                    if (length < 0) {
                        key.cancel();
                        events.end();
                    } else {
                        events.add(buffer.array(), length);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | RuntimeException e) {
            // A thread that ended without a word would let the test wait for events that nobody reads.
            failure = e;
            heard.forEach(HeardEvents::end);
        }
    }

    /** Of the one who has heard the least. */
    long fewestEvents() {
        return heard.stream().mapToLong(HeardEvents::events).min().orElse(0);
    }

    List<HeardEvents> heard() {
        return heard;
    }

    /** Why nothing is read any more; null as long as it is. */
    @Nullable
    Exception failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}

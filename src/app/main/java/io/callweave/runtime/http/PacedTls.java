package io.callweave.runtime.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS in which strangers wait for each other, without a thread, and take half of the processors at most. A handshake costs a
 * thousand times what a request does, and so do other messages of TLS: thousands of strangers would else keep those waiting who are
 * known already. Who sent too many of these, or wrong ones, waits behind the others: the known sender, or of strangers the network,
 * which a known sender can share with them. What answers requests must not wait on its thread: it has the place meanwhile.
 */
final class PacedTls extends SslConnectionFactory {

    /** Of a record of TLS: type, version, length. */
    private static final int HEAD = 5;

    private static final int LENGTH_AT = 3;

    /** The connection whose turn this thread has: the end of one can overlap the begin of its next one. */
    private static final ThreadLocal<Paced> TURN = new ThreadLocal<>();

    private final Semaphore places =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final StrangersInLine<Paced> waiting = new StrangersInLine<>(System::nanoTime);
    private final OpenConnections connections;

    /**
     * Nobody waits yet.
     *
     * @param connections knows who alone can have sent what a connection brought: it waits for nobody
     */
    PacedTls(SslContextFactory.Server tls, String nextProtocol, OpenConnections connections) {
        super(tls, nextProtocol);
        this.connections = connections;
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new Paced(connector, endPoint, engine);
    }

    /** Whether senders that nobody knows yet wait for longer than they can. */
    boolean isSlow() {
        return waiting.isSlow();
    }

    private void letIn() {
        while (!waiting.isEmpty() && places.tryAcquire()) {
            Paced next = waiting.poll();
            if (next == null) {
                places.release();
            } else {
                next.takeTurn();
            }
        }
    }

    private final class Paced extends BoundedConnection {

        private final InetAddress network;

        /** What was read of the records after the one that is given. */
        private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;

        private volatile boolean hasMore;

        /** Null for a stranger. A connection that was closed is no longer known. */
        private volatile @Nullable Object sender;

        private Paced(Connector connector, EndPoint endPoint, SSLEngine engine) {
            super(connector.getByteBufferPool(), connector.getExecutor(), getSslContextFactory(), endPoint, engine);
            network = endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
                    ? OpenConnections.network(remote.getAddress())
                    : InetAddress.getLoopbackAddress();
        }

        /** What was read to find out whether the header of a proxy comes first. Jetty would work on it at once. */
        @Override
        public void onUpgradeTo(ByteBuffer read) {
            keep(read);
        }

        /** Nothing comes from the network any more that would wake it for these. */
        private void keep(ByteBuffer read) {
            ahead = ByteBuffer.allocate(read.remaining()).put(read).flip();
            hasMore = ahead.hasRemaining();
        }

        @Override
        protected SslEndPoint newSslEndPoint() {
            return new SslEndPoint() {
                @Override
                protected void needsFillInterest() {
                    super.needsFillInterest();
                    if (hasMore) {
                        getExecutor().execute(Paced.this::onFillable);
                    }
                }
            };
        }

        /** Gives one record at a time, and none to whom it was not the turn of: Jetty also reads when it has answered. */
        @Override
        protected int networkFill(ByteBuffer record) throws IOException {
            if (TURN.get() != this) {
                return 0;
            }
            if (hasMore) {
                return fillAhead(record);
            }
            int read = super.networkFill(record);
            int more = -missing(record);
            if (read <= 0 || more <= 0) {
                return read;
            }
            keep(record.duplicate().position(record.limit() - more));
            record.limit(record.limit() - more);
            return read - more;
        }

        private int fillAhead(ByteBuffer record) {
            int filled = 0;
            for (int now = missing(record); now > 0 && ahead.hasRemaining(); now = missing(record)) {
                int part = Math.min(now, ahead.remaining());
                int added = BufferUtil.append(record, ahead.slice(ahead.position(), part));
                if (added == 0) {
                    break;
                }
                ahead.position(ahead.position() + added);
                filled += added;
            }
            hasMore = ahead.hasRemaining();
            return filled;
        }

        private static int missing(ByteBuffer record) {
            int there = record.remaining();
            return there < HEAD
                    ? HEAD - there
                    : HEAD + Short.toUnsignedInt(record.getShort(record.position() + LENGTH_AT)) - there;
        }

        @Override
        public void onFillable() {
            Object known = knownSender();
            if (known != null && !waiting.isBlamed(known)) {
                read();
            } else {
                waiting.add(Objects.requireNonNullElse(known, network), this, connections.getsInLine(getEndPoint()));
                letIn();
            }
        }

        private void read() {
            TURN.set(this);
            try {
                super.onFillable();
            } finally {
                TURN.remove();
                if (hasFailed()) {
                    waiting.blame(Objects.requireNonNullElse(knownSender(), network));
                }
            }
        }

        private @Nullable Object knownSender() {
            Object known = connections.knownSender(getEndPoint());
            if (known != null) {
                sender = known;
            }
            return sender;
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            waiting.leave(this, cause instanceof OpenConnections.OthersCameException);
            super.onClose(cause);
        }

        private void takeTurn() {
            getExecutor().execute(() -> {
                try {
                    connections.comesToItsTurn(getEndPoint());
                    read();
                } finally {
                    places.release();
                    letIn();
                }
            });
        }
    }
}

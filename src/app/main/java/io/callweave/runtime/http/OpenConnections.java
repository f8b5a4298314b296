package io.callweave.runtime.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a server, and which of them have to go. One that takes too long to send a request is closed:
 * Jetty's own timeouts start again with every byte, so one byte a second would hold a connection without limit. When nearly
 * all connections are taken, those that have kept the server waiting for the longest make room for new ones, whether they
 * owe the rest of a request or are idle; those of {@link #vouchFor known senders} come last. One at which the server works
 * is never closed. Thread-safe.
 */
final class OpenConnections implements Connection.Listener {

    /** A tenth of the connections is kept for new ones. */
    private static final int SPARE_PART = 10;

    /**
     * A sender that is as far away as possible, a quarter of a second there and back, keeps the server waiting for less than this at a
     * time. It is cut only if strangers come faster than that.
     */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** Such a sender needs less before its first request is there: for TLS, head and body. */
    private static final Duration NEW = Duration.ofSeconds(1);

    /** It has four turns in the line of TLS, and some more if its messages come in parts. */
    private static final int MOST_TURNS = 8;

    /** Connections of one address, or of one known sender, that are no crowd. */
    private static final int FEW = 10;

    /** A server that is full for a moment only lets the next one in soon enough. */
    private static final Duration FULL_FOR = Duration.ofSeconds(1);

    /** Between looks, while there is still a place for the next one. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final long SHORTEST_SWEEP_MILLIS = 50;

    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_OF_IPV4 = 3;
    private static final int NETWORK_OF_IPV6 = 6;

    private static final String WAIT = OpenConnections.class.getName();

    private static final Comparator<Waiting> LONGEST =
            Comparator.comparingLong(Waiting::nanos).reversed();

    private final HttpLimits limits;
    private final LongSupplier nanoTime;
    private final int spare;
    private final AtomicInteger shed = new AtomicInteger();
    private final Map<EndPoint, Wait> waits = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private volatile long lastRoom;

    /** Somebody like a new sender is cut before it can send. Guarded by this. */
    private final LastingTrouble cuts;

    private long lookAgainAt;

    /** A connection of an address with few was closed to make room for others, and not because its own time was over. */
    static final class OthersCameException extends TimeoutException {

        private static final long serialVersionUID = 1;
    }

    /** What a connection still has to send, and since when. */
    private static final class Wait {

        /** When it opened, without what it has waited in line. */
        private long openedAt;

        /** Since when the server has been waiting for the client, or the client in line for its turn. */
        private volatile long since;

        private boolean isInLine;
        private long inLineSince;

        /** That it has had in line. */
        private int turns;

        /** When it must have sent a whole head; does not count while a request is being answered. */
        private volatile long until;

        private volatile boolean answering;

        /** Whether a whole request is there, and its answer is not. */
        private volatile boolean working;

        /** Whether its answer is on the way: a young one must not be cut. */
        private volatile boolean reading;

        /** Null for a stranger. */
        private volatile @Nullable Object sender;

        /** Null if it does not count. */
        private @Nullable InetAddress address;

        /** The address that speaks, also if it does not count. */
        private volatile InetAddress from = InetAddress.getLoopbackAddress();

        private Wait(long now, long until) {
            openedAt = now;
            since = now;
            this.until = until;
        }

        private Waiting at(EndPoint endPoint, long now) {
            Object known = sender;
            return new Waiting(endPoint, known == null ? from : known, known != null, now - since);
        }

        /** Whether it has let no more time pass than a sender that comes now. What it waits in line does not count. */
        private synchronized boolean isNew(long now) {
            long until = isInLine ? inLineSince : now;
            return until - since <= GRACE.toNanos() && until - openedAt <= NEW.toNanos() && turns < MOST_TURNS;
        }

        private synchronized boolean getsInLine(long now) {
            if (!isInLine) {
                isInLine = true;
                inLineSince = now;
            }
            return isNew(now);
        }

        private synchronized void comesToItsTurn(long now) {
            if (isNew(now)) {
                since = now;
            }
            if (isInLine) {
                isInLine = false;
                openedAt += now - inLineSince;
                turns++;
            }
        }
    }

    /**
     * How long the server has waited at one moment; the {@link Wait} itself can change while it is compared.
     *
     * @param from the known sender, or the address of a stranger
     */
    private record Waiting(EndPoint endPoint, Object from, boolean vouchedFor, long nanos) {

        boolean isStranger() {
            return !vouchedFor;
        }

        boolean isLong() {
            return nanos > GRACE.toNanos();
        }
    }

    OpenConnections(HttpLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        spare = Math.max(1, limits.maxConnections() / SPARE_PART);
        lastRoom = nanoTime.getAsLong();
        cuts = new LastingTrouble(Duration.ofSeconds(1), lastRoom);
        lookAgainAt = lastRoom;
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        EndPoint network = network(endPoint);
        long now = nanoTime.getAsLong();
        if (network == endPoint) { // not the inner one of TLS or of a proxy
            waits.computeIfAbsent(
                    network, each -> new Wait(now, now + limits.requestTimeout().toNanos()));
        }
        Wait wait = waits.get(network);
        if (wait != null && endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote) {
            wait.from = site(remote.getAddress());
        }
        if (isOneTooManyOfItsAddress(endPoint)) {
            close(network, new TimeoutException("Its address has too many."));
            shed.incrementAndGet();
        }
        shed.addAndGet(makeRoom(now));
        if (waits.size() < limits.maxConnections()) {
            // Between two sweeps, which come late on a busy machine: who came in found room.
            lastRoom = now;
        }
    }

    private boolean isOneTooManyOfItsAddress(EndPoint endPoint) {
        int most = limits.ofAddress().maxConnections();
        InetAddress address = most > 0
                        && endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && !limits.ofAddress().isProxy(remote.getAddress())
                ? site(remote.getAddress())
                : null;
        if (address == null) {
            return false;
        }
        boolean[] isTooMany = {false};
        // In one step, as its end is: else the number would not be taken back.
        waits.computeIfPresent(network(endPoint), (same, wait) -> {
            if (wait.address == null) {
                wait.address = address;
                isTooMany[0] = perAddress.merge(address, 1, Integer::sum) > most;
            }
            return wait;
        });
        return isTooMany[0];
    }

    @Override
    public void onClosed(Connection connection) {
        EndPoint network = network(connection.getEndPoint());
        if (!network.isOpen()) { // else another protocol goes on
            forget(network);
        }
    }

    private void forget(EndPoint network) {
        waits.computeIfPresent(network, (same, wait) -> {
            if (wait.address != null) {
                perAddress.computeIfPresent(wait.address, (of, open) -> open > 1 ? open - 1 : null);
            }
            return null;
        });
    }

    /** Hears from the requests of a handler when their heads and their bodies are there. */
    Handler watching(Handler handler) {
        return new Handler.Wrapper(handler) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                WatchedRequest watched = new WatchedRequest(request, requested(request));
                return super.handle(
                        watched,
                        new Response.Wrapper(watched, response) {
                            @Override
                            public void write(boolean last, ByteBuffer content, Callback written) {
                                if (last && request.getAttribute(WAIT) instanceof Wait wait) {
                                    // From now on the client has to do something: to read.
                                    wait.since = nanoTime.getAsLong();
                                    wait.reading = true;
                                    wait.working = false;
                                }
                                super.write(last, content, written);
                            }
                        },
                        callback);
            }
        };
    }

    private static final class WatchedRequest extends Request.Wrapper {

        private final Runnable whole;

        private WatchedRequest(Request request, Runnable whole) {
            super(request);
            this.whole = whole;
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
                whole.run();
            }
            return chunk;
        }
    }

    /**
     * A whole head is there. The time for the next head starts after the answer.
     *
     * @return to be run when the whole body is there
     */
    private Runnable requested(Request request) {
        EndPoint endPoint =
                network(request.getConnectionMetaData().getConnection().getEndPoint());
        Wait wait = waits.get(endPoint);
        if (wait == null) {
            return () -> {};
        }
        wait.since = nanoTime.getAsLong();
        wait.working = !WholeBodies.hasBody(request);
        wait.answering = true;
        request.setAttribute(WAIT, wait);
        Request.addCompletionListener(request, failure -> {
            wait.since = nanoTime.getAsLong();
            wait.until = wait.since + limits.idleTimeout().toNanos();
            wait.working = false;
            wait.reading = false;
            wait.answering = false;
        });
        return () -> wait.working = true;
    }

    /** The connection of this request brought something that only this sender can send. */
    static void vouchFor(Request request, Object sender) {
        if (request.getAttribute(WAIT) instanceof Wait wait) {
            wait.sender = sender;
        }
    }

    /** Who was {@link #vouchFor vouched for} at it; null for a stranger. */
    @Nullable
    Object knownSender(EndPoint endPoint) {
        Wait wait = waits.get(network(endPoint));
        return wait == null ? null : wait.sender;
    }

    /**
     * What it sent has to wait until others are served. From now on, it is not the client that lets time pass.
     *
     * @return whether it has let no more time pass than a sender that comes now
     */
    boolean getsInLine(EndPoint endPoint) {
        Wait wait = waits.get(network(endPoint));
        return wait != null && wait.getsInLine(nanoTime.getAsLong());
    }

    void comesToItsTurn(EndPoint endPoint) {
        Wait wait = waits.get(network(endPoint));
        if (wait != null) {
            wait.comesToItsTurn(nanoTime.getAsLong());
        }
    }

    int open() {
        return waits.size();
    }

    /**
     * Whether nobody else gets in, because the server works at nearly all connections, or known senders have them, or because strangers
     * come so fast that others are cut before they can send.
     */
    boolean isFull() {
        long now = nanoTime.getAsLong();
        synchronized (this) {
            return now - lastRoom > FULL_FOR.toNanos() || cuts.lasts(now);
        }
    }

    /** Closes those whose time is over, and makes room; returns how many were closed since the last call. */
    int close() {
        long now = nanoTime.getAsLong();
        int closed = shed.getAndSet(0) + makeRoom(now);
        for (Map.Entry<EndPoint, Wait> entry : List.copyOf(waits.entrySet())) {
            Wait wait = entry.getValue();
            if (!wait.answering && wait.until - now < 0) {
                close(entry.getKey(), new TimeoutException("No whole request in time."));
                closed++;
            }
        }
        if (waits.size() < limits.maxConnections()) {
            lastRoom = now;
        }
        return closed;
    }

    /** For some more than the newest, because it looks at all of them. */
    private synchronized int makeRoom(long now) {
        int crowded = limits.maxConnections() - spare;
        int open = waits.size();
        if (open <= crowded || (open < limits.maxConnections() && now - lookAgainAt < 0)) {
            return 0;
        }
        lookAgainAt = now + PAUSE.toNanos();
        List<Waiting> waiting = waits.entrySet().stream()
                .filter(entry -> !entry.getValue().working)
                .filter(entry -> !entry.getValue().reading || now - entry.getValue().since > GRACE.toNanos())
                .map(entry -> entry.getValue().at(entry.getKey(), now))
                .sorted(LONGEST)
                .toList();
        List<Waiting> closed = chosen(waiting, open >= limits.maxConnections())
                .limit(open - crowded + spare / 2)
                .toList();
        Map<Object, Long> numbers = closed.isEmpty()
                ? Map.of()
                : waiting.stream().collect(Collectors.groupingBy(Waiting::from, Collectors.counting()));
        for (Waiting each : closed) {
            // What happens to one of many does not tell what happens to others.
            boolean isOfFew = each.isStranger() && numbers.getOrDefault(each.from(), 0L) <= FEW;
            // Who has waited in line is the line's to judge: the others of its network can be the reason.
            if (isOfFew && !each.isLong()) {
                cuts.happens(now, now);
            }
            close(each.endPoint(), isOfFew ? new OthersCameException() : new TimeoutException("Others came."));
        }
        return closed.size();
    }

    private Stream<Waiting> chosen(List<Waiting> waiting, boolean isFull) {
        List<Waiting> strangers = waiting.stream().filter(Waiting::isStranger).toList();
        Stream<Waiting> first = ofCrowds(strangers);
        if (!isFull) {
            return first.filter(Waiting::isLong);
        }
        // Many are a flood, which must not cost known senders their connections. A few can be senders that come now.
        return strangers.size() > spare
                ? first
                : Stream.concat(
                        first.filter(Waiting::isLong),
                        ofKnown(waiting.stream().filter(Waiting::vouchedFor).toList()));
    }

    /** Those of senders with many, also young ones: one sender must not take the connections of all others. */
    private static Stream<Waiting> ofKnown(List<Waiting> known) {
        Map<EndPoint, Integer> beyond = beyondFew(known);
        List<Waiting> many =
                known.stream().filter(each -> beyond(each, beyond) > 0).toList();
        return many.isEmpty() ? known.stream().filter(Waiting::isLong) : mostFirst(many, beyond);
    }

    /** Those of addresses with many first: a sender that comes now can have a few, of which nothing has been read yet. */
    private static Stream<Waiting> ofCrowds(List<Waiting> some) {
        return mostFirst(some, beyondFew(some));
    }

    private static Stream<Waiting> mostFirst(List<Waiting> some, Map<EndPoint, Integer> beyond) {
        return some.stream()
                .sorted(Comparator.comparingInt((Waiting each) -> beyond(each, beyond))
                        .reversed());
    }

    private static int beyond(Waiting each, Map<EndPoint, Integer> beyond) {
        return beyond.getOrDefault(each.endPoint(), 0);
    }

    /** How many newer ones than the few that each may have come from where it comes from. */
    private static Map<EndPoint, Integer> beyondFew(List<Waiting> longestFirst) {
        Map<Object, Integer> newer = new HashMap<>();
        Map<EndPoint, Integer> beyond = new HashMap<>();
        for (int i = longestFirst.size() - 1; i >= 0; i--) {
            Waiting each = longestFirst.get(i);
            beyond.put(each.endPoint(), Math.max(0, newer.merge(each.from(), 1, Integer::sum) - FEW));
        }
        return beyond;
    }

    private void close(EndPoint endPoint, TimeoutException why) {
        forget(endPoint);
        endPoint.close(why);
    }

    long sweepMillis() {
        long untilRequest = limits.requestTimeout().toMillis() / 4;
        return Math.max(SHORTEST_SWEEP_MILLIS, Math.min(GRACE.toMillis(), untilRequest));
    }

    /** Of IPv6 the first half: who has one address of a network has all 2^64 of them. */
    private static InetAddress site(InetAddress address) {
        return network(address, IPV4_BYTES, 2 * IPV4_BYTES);
    }

    /** /24 of IPv4, /48 of IPv6. */
    static InetAddress network(InetAddress address) {
        return network(address, NETWORK_OF_IPV4, NETWORK_OF_IPV6);
    }

    /** The address with so many of its first bytes only. */
    private static InetAddress network(InetAddress address, int ofIpv4, int ofIpv6) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bytes.length == IPV4_BYTES ? ofIpv4 : ofIpv6, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static EndPoint network(EndPoint endPoint) {
        EndPoint outer = endPoint;
        while (outer instanceof EndPoint.Wrapper wrapper) {
            outer = wrapper.unwrap();
        }
        return outer;
    }
}

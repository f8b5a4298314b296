package io.callweave.deliver.post;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Looks a name up once for all of an account who ask for it meanwhile, and few names of an account at a time. A name that no
 * server answers keeps its thread for longer than who asks waits, and a subscriber can have many posts to it, and ever other
 * names. The account is the tag of the request. Thread-safe.
 */
final class SharedLookups implements SocketAddressResolver {

    static final int MOST_OF_ONE = 20;

    private final Executor threads;
    private final Scheduler timeouts;
    private final Duration patience;
    private final Names names;

    /** Also for the names that wait. */
    private final Map<Name, List<Asking>> asking = new HashMap<>();

    private final Map<String, Share> shares = new HashMap<>();

    /** Who waits for another answer cannot make this one slow: each asker has its own. */
    private record Name(String asker, String host) {}

    /** Of an asker. */
    private static final class Share {

        private final Set<Name> waiting = new LinkedHashSet<>();
        private int running;
    }

    /** Where names are looked up. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** Who waits for an answer, or no longer. */
    private static final class Asking {

        private final int port;
        private final Promise<List<InetSocketAddress>> result;
        private boolean over;

        private Asking(int port, Promise<List<InetSocketAddress>> result) {
            this.port = port;
            this.result = result;
        }

        private synchronized boolean ends() {
            boolean first = !over;
            over = true;
            return first;
        }

        private synchronized boolean isOver() {
            return over;
        }

        private void succeed(InetAddress... found) {
            if (ends()) {
                result.succeeded(Stream.of(found)
                        .map(address -> new InetSocketAddress(address, port))
                        .toList());
            }
        }

        private void fail(Throwable failure) {
            if (ends()) {
                result.failed(failure);
            }
        }
    }

    /** @param patience of who asks */
    SharedLookups(Executor threads, Scheduler timeouts, Duration patience, Names names) {
        this.threads = threads;
        this.timeouts = timeouts;
        this.patience = patience;
        this.names = names;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> result) {
        Name name = new Name(asker(context), host);
        Asking one = new Asking(port, result);
        var unused = timeouts.schedule(() -> giveUp(name, one), patience.toMillis(), TimeUnit.MILLISECONDS);
        if (isNext(name, one)) {
            start(name);
        }
    }

    private static String asker(Map<String, Object> context) {
        return context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                ? String.valueOf(destination.getOrigin().getTag())
                : "";
    }

    /** Whether the name is to be looked up now. */
    private synchronized boolean isNext(Name name, Asking one) {
        List<Asking> before = asking.get(name);
        if (before != null) {
            before.add(one);
            return false;
        }
        asking.put(name, new ArrayList<>(List.of(one)));
        Share share = shares.computeIfAbsent(name.asker(), key -> new Share());
        if (share.running < MOST_OF_ONE) {
            share.running++;
            return true;
        }
        share.waiting.add(name);
        return false;
    }

    /** A name that nobody asks for any more is not looked up. */
    private void giveUp(Name name, Asking one) {
        one.fail(new TimeoutException("The name is not found in time."));
        synchronized (this) {
            Share share = shares.get(name.asker());
            List<Asking> all = asking.get(name);
            if (share != null
                    && all != null
                    && share.waiting.contains(name)
                    && all.stream().allMatch(Asking::isOver)) {
                share.waiting.remove(name);
                asking.remove(name);
            }
        }
    }

    private void start(Name name) {
        try {
            threads.execute(() -> lookUp(name));
        } catch (RejectedExecutionException stopping) {
            end(name, each -> each.fail(stopping));
        }
    }

    private void lookUp(Name name) {
        Consumer<Asking> how;
        try {
            InetAddress[] found = names.of(name.host());
            how = each -> each.succeed(found);
        } catch (UnknownHostException | RuntimeException | Error e) { // else nobody could ask for this name again
            how = each -> each.fail(e);
        }
        end(name, how);
    }

    private void end(Name name, Consumer<Asking> how) {
        List<Asking> ended;
        Name next;
        synchronized (this) {
            ended = asking.remove(name);
            next = next(name.asker());
        }
        if (ended != null) {
            ended.forEach(how);
        }
        if (next != null) {
            start(next);
        }
    }

    /** Which of an asker takes the place of one that ended; null if none waits. */
    private @Nullable Name next(String asker) {
        Share share = shares.get(asker);
        if (share == null) {
            return null;
        }
        Iterator<Name> waiting = share.waiting.iterator();
        if (waiting.hasNext()) {
            Name next = waiting.next();
            waiting.remove();
            return next;
        }
        share.running--;
        if (share.running == 0) {
            shares.remove(asker);
        }
        return null;
    }
}

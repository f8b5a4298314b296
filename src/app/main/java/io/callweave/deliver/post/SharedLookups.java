package io.callweave.deliver.post;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Looks a name up once for all of an account who ask for it meanwhile, and few names of an account at a time. A name that no
 * server answers keeps its thread for longer than who asks waits, and a subscriber can have many posts to it, and ever other
 * names. Next is the account with the fewest lookups; some threads are only for those that have none, because one subscriber can
 * have many accounts. The account is the tag of the request. An address that is written as such needs no thread. Thread-safe.
 */
final class SharedLookups implements SocketAddressResolver {

    /** At the same time. One that no server answers keeps its thread for longer than a post may take, and must keep no post waiting. */
    static final int MOST = 1_000;

    static final int MOST_OF_ONE = 20;

    /** For who has a lookup already. */
    static final int MOST_OF_FURTHER = 750;

    private static final Pattern ADDRESS =
            Pattern.compile("\\[.*]|(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    private final Executor threads;
    private final Scheduler timeouts;
    private final Duration patience;
    private final Names names;

    /** Also for the names that wait. */
    private final Map<Name, List<Asking>> asking = new HashMap<>();

    private final Map<String, Share> shares = new LinkedHashMap<>();

    private int running;

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
        Asking one = new Asking(port, result);
        if (ADDRESS.matcher(host).matches()) {
            answer(host).accept(one);
            return;
        }
        Name name = new Name(asker(context), host);
        var unused = timeouts.schedule(() -> giveUp(name, one), patience.toMillis(), TimeUnit.MILLISECONDS);
        ask(name, one);
        startNext();
    }

    private static String asker(Map<String, Object> context) {
        return context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                ? String.valueOf(destination.getOrigin().getTag())
                : "";
    }

    private synchronized void ask(Name name, Asking one) {
        List<Asking> before = asking.get(name);
        if (before != null) {
            before.add(one);
            return;
        }
        asking.put(name, new ArrayList<>(List.of(one)));
        shares.computeIfAbsent(name.asker(), key -> new Share()).waiting.add(name);
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
                forgetIdle(name.asker(), share);
            }
        }
    }

    /** Each that waits or ends lets one more begin at most. */
    private void startNext() {
        Name name = next();
        if (name == null) {
            return;
        }
        try {
            threads.execute(() -> end(name, answer(name.host())));
        } catch (RejectedExecutionException stopping) {
            end(name, each -> each.fail(stopping));
        }
    }

    private synchronized @Nullable Name next() {
        Share share = shares.values().stream()
                .filter(each -> !each.waiting.isEmpty())
                .min(Comparator.comparingInt(each -> each.running))
                .orElse(null);
        if (share == null || share.running == MOST_OF_ONE || running >= (share.running == 0 ? MOST : MOST_OF_FURTHER)) {
            return null;
        }
        Iterator<Name> waiting = share.waiting.iterator();
        Name next = waiting.next();
        waiting.remove();
        share.running++;
        running++;
        return next;
    }

    private Consumer<Asking> answer(String host) {
        try {
            InetAddress[] found = names.of(host);
            return each -> each.succeed(found);
        } catch (UnknownHostException | RuntimeException | Error e) { // else nobody could ask for this name again
            return each -> each.fail(e);
        }
    }

    private void end(Name name, Consumer<Asking> how) {
        List<Asking> ended;
        synchronized (this) {
            ended = asking.remove(name);
            Share share = Objects.requireNonNull(shares.get(name.asker()));
            share.running--;
            running--;
            forgetIdle(name.asker(), share);
        }
        if (ended != null) {
            ended.forEach(how);
        }
        startNext();
    }

    private void forgetIdle(String asker, Share share) {
        if (share.running == 0 && share.waiting.isEmpty()) {
            shares.remove(asker);
        }
    }
}

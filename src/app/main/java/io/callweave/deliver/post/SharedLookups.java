package io.callweave.deliver.post;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Looks a name up once for all who ask for it meanwhile. A name that no server answers keeps its thread for longer than who
 * asks waits, and a subscriber can have many posts to it: all together keep one thread. Thread-safe.
 */
final class SharedLookups implements SocketAddressResolver {

    private final Executor threads;
    private final Scheduler timeouts;
    private final Duration patience;
    private final Names names;
    private final Map<String, List<Asking>> asking = new HashMap<>();

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
        var unused = timeouts.schedule(
                () -> one.fail(new TimeoutException("The name is not found in time.")),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        boolean first;
        synchronized (asking) {
            first = !asking.containsKey(host);
            asking.computeIfAbsent(host, name -> new ArrayList<>()).add(one);
        }
        if (first) {
            try {
                threads.execute(() -> lookUp(host));
            } catch (RejectedExecutionException stopping) {
                end(host, each -> each.fail(stopping));
            }
        }
    }

    private void lookUp(String host) {
        Consumer<Asking> how;
        try {
            InetAddress[] found = names.of(host);
            how = each -> each.succeed(found);
        } catch (UnknownHostException | RuntimeException | Error e) { // else nobody could ask for this name again
            how = each -> each.fail(e);
        }
        end(host, how);
    }

    private void end(String host, Consumer<Asking> how) {
        List<Asking> ended;
        synchronized (asking) {
            ended = asking.remove(host);
        }
        if (ended != null) {
            ended.forEach(how);
        }
    }
}

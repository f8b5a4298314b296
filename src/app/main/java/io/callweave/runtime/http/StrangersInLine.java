package io.callweave.runtime.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, first come first served; those of a network that did harm come when nobody else waits. None is shut out:
 * what stands between can have one address for all. Thread-safe.
 *
 * @param <T> who waits; compared by equality, so that each waits once
 */
final class StrangersInLine<T> {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** Those that did harm last. */
    private static final int MOST_BLAMED = 10_000;

    private final LongSupplier nanoTime;
    private final Map<T, InetAddress> first = new LinkedHashMap<>();
    private final Map<T, InetAddress> last = new LinkedHashMap<>();
    private final Map<InetAddress, Long> blamed = new LinkedHashMap<>();

    /** Nobody waits. */
    StrangersInLine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(InetAddress network, T who) {
        first.put(who, network);
    }

    /** Who waits no longer, because nobody is there any more. */
    synchronized void leave(T who) {
        first.remove(who);
        last.remove(who);
    }

    /** Null if nobody waits. */
    synchronized @Nullable T poll() {
        while (!first.isEmpty()) {
            Map.Entry<T, InetAddress> next = taken(first);
            if (!isBlamed(next.getValue())) {
                return next.getKey();
            }
            last.put(next.getKey(), next.getValue());
        }
        return last.isEmpty() ? null : taken(last).getKey();
    }

    private static <T> Map.Entry<T, InetAddress> taken(Map<T, InetAddress> from) {
        Iterator<Map.Entry<T, InetAddress>> all = from.entrySet().iterator();
        Map.Entry<T, InetAddress> next = all.next();
        all.remove();
        return next;
    }

    /** Whether it did harm a short time ago. */
    synchronized boolean isBlamed(InetAddress network) {
        Long since = blamed.get(network);
        return since != null && nanoTime.getAsLong() - since < REMEMBERED.toNanos();
    }

    synchronized boolean isEmpty() {
        return first.isEmpty() && last.isEmpty();
    }

    /** Something from this network did harm. */
    synchronized void blame(InetAddress network) {
        blamed.remove(network);
        blamed.put(network, nanoTime.getAsLong());
        if (blamed.size() > MOST_BLAMED) {
            blamed.remove(blamed.keySet().iterator().next());
        }
    }
}

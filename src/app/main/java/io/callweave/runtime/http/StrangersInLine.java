package io.callweave.runtime.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, first come first served; those of an address that did harm come when nobody else waits. No address is shut out:
 * what stands between can have one for all. Thread-safe.
 *
 * @param <T> who waits
 */
final class StrangersInLine<T> {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** Those that did harm last. */
    private static final int MOST_BLAMED = 10_000;

    private record Stranger<T>(InetAddress address, T who) {}

    private final LongSupplier nanoTime;
    private final Queue<Stranger<T>> first = new ArrayDeque<>();
    private final Queue<Stranger<T>> last = new ArrayDeque<>();
    private final Map<InetAddress, Long> blamed = new LinkedHashMap<>();

    /** Nobody waits. */
    StrangersInLine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(InetAddress address, T who) {
        first.add(new Stranger<>(address, who));
    }

    /** Null if nobody waits. */
    synchronized @Nullable T poll() {
        for (Stranger<T> next = first.poll(); next != null; next = first.poll()) {
            if (!isBlamed(next.address())) {
                return next.who();
            }
            last.add(next);
        }
        Stranger<T> next = last.poll();
        return next == null ? null : next.who();
    }

    private boolean isBlamed(InetAddress address) {
        Long since = blamed.get(address);
        return since != null && nanoTime.getAsLong() - since < REMEMBERED.toNanos();
    }

    synchronized boolean isEmpty() {
        return first.isEmpty() && last.isEmpty();
    }

    /** Something from this address did harm. */
    synchronized void blame(InetAddress address) {
        blamed.remove(address);
        blamed.put(address, nanoTime.getAsLong());
        if (blamed.size() > MOST_BLAMED) {
            blamed.remove(blamed.keySet().iterator().next());
        }
    }
}

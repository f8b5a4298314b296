package io.callweave.runtime.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, first come first served; those who come from where harm came from come when nobody else waits.
 * None is shut out: what stands between can have one address for all. Thread-safe.
 *
 * @param <T> who waits; compared by equality, so that each waits once
 */
final class StrangersInLine<T> {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** A handshake has two or three turns, and senders do not wait for ten seconds. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    /** Who is closed to make room may have waited for no longer than this. */
    private static final Duration LOST_AFTER = Duration.ofMillis(250);

    /** Those that did harm last. */
    private static final int MOST_BLAMED = 10_000;

    private final LongSupplier nanoTime;
    private final Map<T, Place> first = new LinkedHashMap<>();
    private final Map<T, Place> last = new LinkedHashMap<>();
    private final Map<Object, Long> blamed = new LinkedHashMap<>();

    /** When the last one left without its turn. */
    private long lostAt;

    private record Place(Object from, long since) {}

    /** Nobody waits. */
    StrangersInLine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        lostAt = nanoTime.getAsLong() - SLOW.toNanos();
    }

    /** @param from the network, or the sender, that it comes from; compared by equality */
    synchronized void add(Object from, T who) {
        first.putIfAbsent(who, new Place(from, nanoTime.getAsLong()));
    }

    /** Who waits no longer, because nobody is there any more. */
    synchronized void leave(T who) {
        Place left = first.remove(who);
        if (left != null && waits(left) > LOST_AFTER.toNanos() && !isBlamed(left.from())) {
            lostAt = nanoTime.getAsLong();
        }
        last.remove(who);
    }

    /** Null if nobody waits. */
    synchronized @Nullable T poll() {
        while (!first.isEmpty()) {
            Map.Entry<T, Place> next = taken(first);
            if (!isBlamed(next.getValue().from())) {
                return next.getKey();
            }
            last.put(next.getKey(), next.getValue());
        }
        return last.isEmpty() ? null : taken(last).getKey();
    }

    private static <T> Map.Entry<T, Place> taken(Map<T, Place> some) {
        Iterator<Map.Entry<T, Place>> all = some.entrySet().iterator();
        Map.Entry<T, Place> next = all.next();
        all.remove();
        return next;
    }

    /** Whether it did harm a short time ago. */
    synchronized boolean isBlamed(Object from) {
        Long since = blamed.get(from);
        return since != null && nanoTime.getAsLong() - since < REMEMBERED.toNanos();
    }

    /** Whether somebody who does not come last waits for long, or had to leave a short time ago. */
    synchronized boolean isSlow() {
        return nanoTime.getAsLong() - lostAt < SLOW.toNanos()
                || first.values().stream()
                        .filter(place -> !isBlamed(place.from()))
                        .findFirst()
                        .filter(place -> waits(place) > SLOW.toNanos())
                        .isPresent();
    }

    private long waits(Place place) {
        return nanoTime.getAsLong() - place.since();
    }

    synchronized boolean isEmpty() {
        return first.isEmpty() && last.isEmpty();
    }

    /** Something that came from there did harm. */
    synchronized void blame(Object from) {
        blamed.remove(from);
        blamed.put(from, nanoTime.getAsLong());
        if (blamed.size() > MOST_BLAMED) {
            blamed.remove(blamed.keySet().iterator().next());
        }
    }
}

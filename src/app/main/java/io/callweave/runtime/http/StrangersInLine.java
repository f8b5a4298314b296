package io.callweave.runtime.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait: networks take turns, with some each, and of a network, who comes first is served first. Those who come from
 * where harm came from come when nobody else waits. None is shut out: what stands between can have one address for all.
 * Thread-safe.
 *
 * @param <T> who waits; compared by equality, so that each waits once
 */
final class StrangersInLine<T> {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** A handshake and a request have four turns, and senders wait for three seconds. */
    private static final Duration SLOW = Duration.ofMillis(750);

    /** Who has to leave after a longer wait could have got in without the line. */
    private static final Duration LOST_AFTER = Duration.ofMillis(250);

    /**
     * A network with more in line is a crowd, which comes in parts of so many. What happens to it does not tell what happens to
     * others.
     */
    private static final int FEW = 10;

    /** Those that did harm last. */
    private static final int MOST_BLAMED = 10_000;

    private final LongSupplier nanoTime;
    private final Map<T, Place> first = new HashMap<>();
    private final Map<T, Place> last = new LinkedHashMap<>();

    /** Of the first ones, by where they come from, in the order of their turns. */
    private final Map<Object, Crowd<T>> crowds = new LinkedHashMap<>();

    private final Map<Object, Long> blamed = new LinkedHashMap<>();

    /** Somebody like a new sender waits for long, or has to leave. */
    private final LastingTrouble slowness;

    /** Those of a network in line. */
    private static final class Crowd<T> {

        private final Set<T> there = new LinkedHashSet<>();

        /** Since nobody was: the last ones of a thousand are no few. */
        private int most;

        /** In this turn. */
        private int served;
    }

    /** @param isNew whether it is like a new sender */
    private record Place(Object from, long since, boolean isNew) {}

    /** Nobody waits. */
    StrangersInLine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        slowness = new LastingTrouble(Duration.ofSeconds(2), nanoTime.getAsLong());
    }

    /**
     * One more waits.
     *
     * @param from the network, or the sender, that it comes from; compared by equality
     * @param isNew whether it is like a new sender: what has let time pass by itself does not tell how others fare
     */
    synchronized void add(Object from, T who, boolean isNew) {
        if (first.putIfAbsent(who, new Place(from, nanoTime.getAsLong(), isNew)) == null) {
            Crowd<T> crowd = crowds.computeIfAbsent(from, each -> new Crowd<>());
            crowd.there.add(who);
            crowd.most = Math.max(crowd.most, crowd.there.size());
        }
    }

    /**
     * Who waits no longer, because nobody is there any more.
     *
     * @param forOthers whether it had to make room; else its own time was over, or it has gone: a stranger could do so on purpose
     */
    synchronized void leave(T who, boolean forOthers) {
        Place left = first.remove(who);
        if (left != null) {
            if (forOthers) {
                noteIfSlow(left, LOST_AFTER);
            }
            leaveCrowd(who, left);
        }
        last.remove(who);
    }

    /** Null if nobody waits. */
    synchronized @Nullable T poll() {
        while (!first.isEmpty()) {
            Crowd<T> crowd = crowds.values().iterator().next();
            T who = crowd.there.iterator().next();
            Place place = Objects.requireNonNull(first.remove(who));
            noteIfSlow(place, SLOW);
            leaveCrowd(who, place);
            if (++crowd.served >= FEW && crowds.remove(place.from(), crowd)) {
                crowd.served = 0;
                crowds.put(place.from(), crowd); // behind the others
            }
            if (!isBlamed(place.from())) {
                return who;
            }
            last.put(who, place);
        }
        Iterator<T> others = last.keySet().iterator();
        if (!others.hasNext()) {
            return null;
        }
        T who = others.next();
        others.remove();
        return who;
    }

    /** Whether it did harm a short time ago. */
    synchronized boolean isBlamed(Object from) {
        Long since = blamed.get(from);
        return since != null && nanoTime.getAsLong() - since < REMEMBERED.toNanos();
    }

    /** Whether those who are no crowd and did no harm wait for long, or have to leave, and not only for a moment. */
    synchronized boolean isSlow() {
        first.values().forEach(place -> noteIfSlow(place, SLOW));
        return slowness.lasts(nanoTime.getAsLong());
    }

    private void noteIfSlow(Place place, Duration longest) {
        long now = nanoTime.getAsLong();
        if (place.isNew() && now - place.since() > longest.toNanos() && isOfFew(place) && !isBlamed(place.from())) {
            slowness.happens(place.since() + longest.toNanos(), now);
        }
    }

    private boolean isOfFew(Place place) {
        Crowd<T> crowd = crowds.get(place.from());
        return crowd == null || crowd.most <= FEW;
    }

    private void leaveCrowd(T who, Place place) {
        crowds.computeIfPresent(place.from(), (from, crowd) -> {
            crowd.there.remove(who);
            return crowd.there.isEmpty() ? null : crowd;
        });
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

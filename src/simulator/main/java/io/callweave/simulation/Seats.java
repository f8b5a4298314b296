package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The agents of a contact centre, by their extensions, and when each becomes free. */
final class Seats {

    private static final int FIRST = 1001;

    private final List<String> all;
    private final Map<String, Instant> busyUntil = new HashMap<>();

    Seats(int count) {
        all = IntStream.range(FIRST, FIRST + count).mapToObj(Integer::toString).toList();
    }

    List<String> all() {
        return all;
    }

    /** A random agent who is free and none of these. */
    Optional<String> free(Instant time, Collection<String> taken, Dice dice) {
        int start = dice.upTo(all.size());
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get((start + i) % all.size()))
                .filter(seat -> isFree(seat, time) && !taken.contains(seat))
                .findFirst();
    }

    /** The agent who becomes free first. */
    String next() {
        return all.stream()
                .min(Comparator.comparing(seat -> busyUntil.getOrDefault(seat, Instant.MIN)))
                .orElseThrow();
    }

    /** The time until this agent is free; zero if that is now. */
    Duration wait(String seat, Instant time) {
        return isFree(seat, time) ? Duration.ZERO : Duration.between(time, busyUntil.getOrDefault(seat, time));
    }

    void take(Collection<String> seats, Instant until) {
        seats.forEach(seat -> busyUntil.merge(seat, until, (one, other) -> one.isAfter(other) ? one : other));
    }

    private boolean isFree(String seat, Instant time) {
        Instant until = busyUntil.get(seat);
        return until == null || !until.isAfter(time);
    }
}

package io.callweave.demo;

import io.callweave.simulation.Traffic;
import io.callweave.simulation.platform.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * When simulated notifications go out, so that calls end at even intervals. Between the ends of two calls, the simulated clock
 * runs as fast as this interval requires. Calls come at random: at a constant speed, several end at once, and then none for a while.
 */
final class EvenPace implements Iterator<Due> {

    private final Traffic traffic;
    private final Instant start;
    private final double millisBetweenEnds;
    private final Queue<Arriving> ahead = new ArrayDeque<>();
    private Instant from;
    private Instant to;
    private long intervals;

    private record Arriving(Instant time, Notification notification) {}

    /**
     * Looks at nothing yet.
     *
     * @param start when the first may go out
     * @param opened when the simulated clock starts
     */
    EvenPace(Traffic traffic, Instant start, Instant opened, Duration betweenEnds) {
        this.traffic = traffic;
        this.start = start;
        this.millisBetweenEnds = betweenEnds.toMillis();
        this.from = opened;
        this.to = opened;
    }

    @Override
    public boolean hasNext() {
        if (ahead.isEmpty()) {
            lookAhead();
        }
        return !ahead.isEmpty();
    }

    @Override
    public Due next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Arriving next = ahead.remove();
        double passed = intervals - 1 + share(next.time());
        return new Due(start.plusMillis((long) (passed * millisBetweenEnds)), next.notification());
    }

    /** Up to the next end of a call. */
    private void lookAhead() {
        from = to;
        boolean ended = false;
        while (!ended && traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            Notification notification = item.notification();
            if (notification != null) {
                ahead.add(new Arriving(item.time(), notification));
                to = item.time();
                ended = !item.told().isEmpty();
            }
        }
        intervals++;
    }

    private double share(Instant time) {
        double all = Duration.between(from, to).toMillis();
        return all > 0 ? Duration.between(from, time).toMillis() / all : 1;
    }
}

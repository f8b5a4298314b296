package io.callweave.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends notifications to a destination at a pace. */
public final class Sender {

    private final Destination destination;
    private final Pacing pacing;
    private final Clock clock;
    private @Nullable Instant firstTime;
    private @Nullable Instant started;
    private long sent;

    public Sender(Destination destination, Pacing pacing, Clock clock) {
        this.destination = destination;
        this.pacing = pacing;
        this.clock = clock;
    }

    /**
     * Sends one when it is its turn.
     *
     * @param time when it happens, or happened
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void send(Instant time, byte[] notification) throws InterruptedException {
        if (firstTime == null || started == null) {
            firstTime = time;
            started = clock.instant();
        }
        Instant due = pacing.due(sent, time, firstTime, started);
        long wait = Duration.between(clock.instant(), due).toMillis();
        if (wait > 0) {
            destination.flush();
            Thread.sleep(wait); // the recorded pace itself; an interruption ends it
        }
        destination.send(time, notification);
        sent++;
    }

    public long sent() {
        return sent;
    }
}

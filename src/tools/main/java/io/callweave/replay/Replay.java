package io.callweave.replay;

import io.callweave.sending.Delivered;
import io.callweave.sending.Destination;
import io.callweave.sending.Pacing;
import io.callweave.sending.Sender;
import io.callweave.sending.SendingException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;

/** Sends a recording to a destination, and remembers from time to time what has arrived. */
public final class Replay {

    /** So many can go out twice if it is killed. */
    public static final int BETWEEN_CHECKPOINTS = 1_000;

    private static final Duration LONGEST_BETWEEN = Duration.ofSeconds(1);

    private final ReplaySource recording;
    private final Destination destination;
    private final Sender sender;
    private final Consumer<ReplayState> memory;
    private final BiConsumer<Long, Long> progress;
    private ReplayState state;
    private Position position;
    private long size;
    private long checkpointAt;
    private long checkpointNanos = System.nanoTime();

    /**
     * What became of it.
     *
     * @param sent this time
     * @param whole false if a signal stopped it before the end
     */
    public record Result(long sent, boolean whole, Delivered delivered) {}

    /**
     * Sends nothing yet.
     *
     * @param begin where to go on
     * @param memory remembers how far it got; what it is given has arrived
     * @param progress hears how many were sent, and how much of the recording that is
     */
    public Replay(
            ReplaySource recording,
            Destination destination,
            Pacing pacing,
            ReplayState begin,
            Consumer<ReplayState> memory,
            BiConsumer<Long, Long> progress) {
        this.recording = recording;
        this.destination = destination;
        this.sender = new Sender(destination, pacing, Clock.systemUTC());
        this.state = begin;
        this.position = begin.position();
        this.memory = memory;
        this.progress = progress;
    }

    /**
     * Sends it, until its end or until this thread is interrupted.
     *
     * @throws SendingException if nothing can be sent, or nothing is taken
     */
    public Result run() {
        long before = state.sent();
        memory.accept(state.at(position, before));
        boolean whole;
        try {
            recording.read(state.position(), one -> send(before, one));
            whole = true;
        } catch (InterruptedException | InterruptException toldToStop) {
            whole = false;
        }
        checkpoint(before);
        state = state.ended();
        memory.accept(state);
        return new Result(sender.sent(), whole, destination.finish());
    }

    private void send(long before, Recorded one) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sender.send(one.time(), one.value());
        position = position.after(one);
        size += recording.sizeOf(one);
        progress.accept(sender.sent(), size);
        if (sender.sent() - checkpointAt >= BETWEEN_CHECKPOINTS
                || System.nanoTime() - checkpointNanos > LONGEST_BETWEEN.toNanos()) {
            checkpoint(before);
        }
    }

    /** Waits until everything has arrived. What the destination may take another time must not be remembered as done. */
    private void checkpoint(long before) {
        Delivered delivered = destination.finish();
        if (delivered.open() > 0) {
            throw new SendingException(
                    delivered.open() + " of " + sender.sent() + " notifications were not taken (" + delivered.inWords()
                            + "), so it stops here: 401 is a wrong --token, 403 another account's notification, 404 a wrong"
                            + " path in --url, 429 and 503 no room, for which --rate sends slower. The first "
                            + state.sent() + " have arrived.",
                    null);
        }
        checkpointAt = sender.sent();
        checkpointNanos = System.nanoTime();
        state = state.at(position, before + sender.sent());
        memory.accept(state);
    }
}

package io.callweave.topology.time;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What is done again and again by the wall clock, for all tasks at the same moments: after each moment at which some task
 * has something to do, a stream thread takes half as many records of each task before it looks at its clocks, its commits
 * and its other tasks again. With a moment for each task it would look all the time.
 */
public final class Ticks {

    private Ticks() {}

    /** Begins to do it with the next of the moments that lie this interval apart. */
    public static Cancellable every(Duration interval, ProcessorContext<?, ?> context, Punctuator work) {
        return context.schedule(Instant.EPOCH, interval, PunctuationType.WALL_CLOCK_TIME, work);
    }
}

package io.callweave.topology.time;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Continues soon with what was due and did not fit into one step, rather than at the next tick of the clock. */
public final class DueBacklog {

    private static final Duration SOON = Duration.ofMillis(10);

    private final ProcessorContext<?, ?> context;
    private final Runnable processDue;
    private @Nullable Cancellable soon;

    /** @param processDue works off the next portion, and tells {@link #isThere} whether there is more */
    public DueBacklog(ProcessorContext<?, ?> context, Runnable processDue) {
        this.context = context;
        this.processDue = processDue;
    }

    /** Whether there is more to do. */
    public boolean isLeft() {
        return soon != null;
    }

    public void isThere(boolean more) {
        if (more && soon == null) {
            soon = context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, time -> processDue.run());
        } else if (!more && soon != null) {
            soon.cancel();
            soon = null;
        }
    }
}

package io.callweave.cli.whole;

import io.callweave.cli.common.Messages;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Messages about the endpoint of {@code --post-to}: that it refuses calls, how many wait, and that it accepts them again. */
public final class PostedCalls {

    /** Where nothing is posted. */
    static final PostedCalls NONE = new PostedCalls("", () -> State.QUIET, System::nanoTime);

    private static final String HTTP = "HTTP ";
    private static final String GONE = HTTP + 410;
    private static final long BETWEEN_REPEATS_NS = Duration.ofMinutes(1).toNanos();

    private final String endpoint;
    private final Supplier<State> state;
    private final LongSupplier nanos;
    private State told = State.QUIET;
    private long toldNanos;

    /**
     * How the endpoint is at a moment.
     *
     * @param failing whether the last attempt did not deliver
     * @param last how the last attempt ended; empty if there was none
     * @param waiting what was not delivered yet
     * @param suspended whether the deliverer has stopped to post
     */
    record State(boolean failing, String last, long waiting, boolean suspended) {

        static final State QUIET = new State(false, "", 0, false);

        private boolean isSameTrouble(State other) {
            return last.equals(other.last) && suspended == other.suspended;
        }
    }

    /**
     * Tells nothing yet.
     *
     * @param endpoint as it can be shown
     */
    PostedCalls(String endpoint, Supplier<State> state, LongSupplier nanos) {
        this.endpoint = endpoint;
        this.state = state;
        this.nanos = nanos;
    }

    /** A sentence when the endpoint begins to refuse calls or takes them again; while it refuses them, at most once a minute. */
    public Optional<String> news() {
        State now = state.get();
        if (now.failing()
                && now.waiting() == 0
                && !now.suspended()
                && !now.last().equals(GONE)) {
            return Optional.empty(); // after a start, those of before are not counted yet
        }
        boolean isNews = now.failing() != told.failing()
                || (now.failing()
                        && (!now.isSameTrouble(told)
                                || (now.waiting() != told.waiting()
                                        && nanos.getAsLong() - toldNanos >= BETWEEN_REPEATS_NS)));
        if (!isNews) {
            return Optional.empty();
        }
        told = now;
        toldNanos = nanos.getAsLong();
        return Optional.of(now.failing() ? trouble(now) : endpoint + " takes calls again.");
    }

    /** A sentence about what the endpoint has not taken, for the end. */
    public Optional<String> open() {
        State now = state.get();
        if (!now.failing() && now.waiting() > 0) {
            return Optional.of(Messages.count(now.waiting(), "call") + (now.waiting() == 1 ? " is" : " are")
                    + " not posted yet. The next start with the same --data-dir posts what waits.");
        }
        return now.failing() ? Optional.of(trouble(now)) : Optional.empty();
    }

    private String trouble(State now) {
        if (now.last().equals(GONE)) {
            return endpoint + " answers 410: it wants no more calls, and gets none until the next start.";
        }
        String cause = now.last().startsWith(HTTP)
                ? " answers " + now.last().substring(HTTP.length())
                : " gets no calls: " + now.last();
        return endpoint + cause + "; " + Messages.count(now.waiting(), "call")
                + (now.waiting() == 1 ? " waits" : " wait")
                + (now.suspended() ? ", and nothing is posted until the next start." : ".");
    }
}

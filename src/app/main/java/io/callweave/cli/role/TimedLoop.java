package io.callweave.cli.role;

import io.callweave.runtime.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Repeats a step of a command that shows what happens. */
public final class TimedLoop {

    private TimedLoop() {}

    /** One round; it should take a fraction of a second, so that the loop notices its end. */
    @FunctionalInterface
    public interface Step {
        void run() throws IOException;
    }

    /** Repeats the step until the time is over, the user stops the command, or it no longer works. */
    public static void run(StopSignal stop, Duration span, BooleanSupplier works, Step step) throws IOException {
        long end = System.nanoTime() + span.toNanos();
        while (!stop.requested() && System.nanoTime() < end && works.getAsBoolean()) {
            step.run();
        }
    }
}

package io.callweave.cli.local;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.cli.whole.PostedCalls;
import io.callweave.demo.CallsWatch;
import io.callweave.demo.ShownCalls;
import io.callweave.runtime.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;

/** What people see while it runs: a line for each call, and how the account is connected when that changes. */
final class LocalShow {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long BETWEEN_LOOKS_NS = Duration.ofMillis(500).toNanos();

    private final EmbeddedStack product;
    private final CallsWatch watch;
    private final ShownCalls calls;
    private final PostedCalls posted;
    private final PrintWriter messages;
    private final ProgressLine progress;
    private String connection = "";
    private String names = "";
    private String gap = "";
    private boolean refused;
    private boolean wasConnected;
    private long lookedNanos;

    LocalShow(
            EmbeddedStack product,
            CallsWatch watch,
            ShownCalls calls,
            PostedCalls posted,
            PrintWriter messages,
            ProgressLine progress) {
        this.product = product;
        this.watch = watch;
        this.calls = calls;
        this.posted = posted;
        this.messages = messages;
        this.progress = progress;
    }

    /**
     * Runs for this time, or until a signal or a failure stops it.
     *
     * @return the exit status
     */
    int run(StopSignal stop, Duration span) throws IOException {
        long end = System.nanoTime() + span.toNanos();
        while (!stop.requested() && System.nanoTime() < end && product.failure().isEmpty() && !refused) {
            calls.show(POLL);
            look();
            progress.say(counts());
        }
        progress.clear();
        if (refused) { // said, and nothing came
            return ExitStatus.FAILED;
        }
        calls.show(POLL);
        messages.println("callweave: " + counts() + ".");
        posted.open().ifPresent(this::tell);
        product.failure().ifPresent(failure -> messages.println("callweave: " + failure));
        return ExitStatus.of(product.failure().isEmpty());
    }

    private void look() throws IOException {
        if (System.nanoTime() - lookedNanos < BETWEEN_LOOKS_NS) {
            return;
        }
        lookedNanos = System.nanoTime();
        posted.news().ifPresent(this::tell);
        OwnConnection now = OwnConnection.of(product);
        if (now == null) {
            return;
        }
        refused = now.isRefused() && !wasConnected;
        wasConnected |= now.isConnected();
        connection = say(connection, now.sentence());
        names = say(names, now.names());
        gap = say(gap, now.gap());
    }

    private String say(String before, String now) {
        if (!now.equals(before) && !now.isEmpty()) {
            tell(now);
        }
        return now;
    }

    private void tell(String sentence) {
        progress.clear();
        messages.println("callweave: " + sentence);
    }

    private String counts() {
        return Messages.count(watch.live(), "live call") + ", " + watch.finished() + " finished (" + watch.partial()
                + " partial)";
    }
}

package io.callweave.cli.demo;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.cli.whole.PostedCalls;
import io.callweave.demo.CallsWatch;
import io.callweave.demo.DemoTraffic;
import io.callweave.demo.SampleCalls;
import io.callweave.demo.ShownCalls;
import io.callweave.runtime.StopSignal;
import io.callweave.sending.SendingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;

/** What people see while the demonstration runs: a line for each call, and how many go on. */
final class DemoShow {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

    private final EmbeddedStack product;
    private final CallsWatch watch;
    private final DemoTraffic traffic;
    private final ShownCalls calls;
    private final PostedCalls posted;
    private final PrintWriter messages;
    private final ProgressLine progress;
    private long countedNanos;

    /** Shows nothing yet. */
    DemoShow(
            EmbeddedStack product,
            CallsWatch watch,
            DemoTraffic traffic,
            ShownCalls calls,
            PostedCalls posted,
            PrintWriter messages,
            ProgressLine progress) {
        this.product = product;
        this.watch = watch;
        this.traffic = traffic;
        this.calls = calls;
        this.posted = posted;
        this.messages = messages;
        this.progress = progress;
    }

    /**
     * Runs for this time, or until a signal or a failure stops it.
     *
     * @return the exit status
     * @throws SendingException if the bridge does not answer
     */
    int run(StopSignal stop, Duration span) throws IOException {
        countedNanos = System.nanoTime();
        long end = countedNanos + span.toNanos();
        while (!stop.requested() && System.nanoTime() < end && works()) {
            show();
            sayCounts();
        }
        progress.clear();
        traffic.close();
        show();
        return report();
    }

    private void sayCounts() {
        if (progress.isShown()) {
            progress.say(counts());
        } else if (System.nanoTime() - countedNanos > BETWEEN_COUNTS.toNanos()) {
            countedNanos = System.nanoTime();
            messages.println("callweave: " + counts());
        }
    }

    private boolean works() {
        return traffic.failure().isEmpty() && product.failure().isEmpty();
    }

    private void show() throws IOException {
        calls.show(POLL);
        if (watch.hasEarlierCalls() || watch.finished() >= SampleCalls.CALLS) {
            traffic.samplesSeen();
        }
        posted.news().ifPresent(news -> {
            progress.clear();
            messages.println("callweave: " + news);
        });
    }

    private String counts() {
        return Messages.count(watch.live(), "live call") + ", " + watch.finished() + " finished (" + watch.partial()
                + " partial), " + traffic.sent() + " notifications sent";
    }

    private int report() {
        messages.println("callweave: " + counts() + ", " + traffic.taken() + " accepted.");
        posted.open().ifPresent(open -> messages.println("callweave: " + open));
        traffic.failure().ifPresent(failure -> {
            throw failure;
        });
        product.failure().ifPresent(failure -> messages.println("callweave: " + failure));
        return ExitStatus.of(product.failure().isEmpty());
    }
}

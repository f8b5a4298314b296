package io.callweave.cli;

import io.callweave.demo.CallLine;
import io.callweave.demo.CallsWatch;
import io.callweave.demo.DemoTraffic;
import io.callweave.demo.Ink;
import io.callweave.demo.SampleCalls;
import io.callweave.sending.SendingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;

/** What people see while the demonstration runs: a line for each call, and how many go on. */
final class DemoShow {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

    private final OneProcess product;
    private final CallsWatch watch;
    private final DemoTraffic traffic;
    private final OutputStream records;
    private final PrintWriter out;
    private final PrintWriter messages;
    private final Progress progress;
    private final Ink ink;

    /**
     * Shows nothing yet.
     *
     * @param records the call records go here as they are
     */
    DemoShow(
            OneProcess product,
            CallsWatch watch,
            DemoTraffic traffic,
            OutputStream records,
            PrintWriter out,
            PrintWriter messages,
            Progress progress,
            Ink ink) {
        this.product = product;
        this.watch = watch;
        this.traffic = traffic;
        this.records = records;
        this.out = out;
        this.messages = messages;
        this.progress = progress;
        this.ink = ink;
    }

    /**
     * Goes on for so long, or until it is told to stop or something fails.
     *
     * @return the exit status
     * @throws SendingException if the bridge does not answer
     */
    int run(StopSignal stop, Duration span) throws IOException {
        long end = System.nanoTime() + span.toNanos();
        long counted = System.nanoTime();
        while (!stop.requested() && System.nanoTime() < end && works()) {
            show();
            if (progress.isShown()) {
                progress.say(counts());
            } else if (System.nanoTime() - counted > BETWEEN_COUNTS.toNanos()) {
                counted = System.nanoTime();
                messages.println("callweave: " + counts());
            }
        }
        progress.clear();
        traffic.close();
        show();
        return report();
    }

    private boolean works() {
        return traffic.failure().isEmpty() && product.topology().state() != KafkaStreams.State.ERROR;
    }

    private void show() throws IOException {
        for (CallsWatch.Emission emission : watch.poll(POLL)) {
            records.write(emission.value().getBytes(StandardCharsets.UTF_8));
            records.write('\n');
            // It was shown before, and is now part of a call that is shown again.
            if (!emission.call().path("status").asText().equals("superseded")) {
                progress.clear();
                out.println(CallLine.of(emission.call(), ink));
                out.flush();
            }
        }
        records.flush();
        if (out.checkError()) {
            // As when anything else is written to nobody: a PrintWriter keeps it to itself.
            throw new IOException("Broken pipe");
        }
        if (watch.finished() >= SampleCalls.CALLS) {
            traffic.samplesSeen();
        }
    }

    private String counts() {
        return "live " + watch.live() + ", over " + watch.finished() + " (partial " + watch.partial()
                + "), notifications sent " + traffic.sent();
    }

    private int report() {
        messages.println("callweave: " + counts() + ", safe " + traffic.taken() + ".");
        traffic.failure().ifPresent(failure -> {
            throw failure;
        });
        if (product.topology().state() == KafkaStreams.State.ERROR) {
            messages.println("callweave: the topology failed; the log says why.");
            return Callweave.FAILED;
        }
        return Callweave.DONE;
    }
}

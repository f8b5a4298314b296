package io.callweave.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.StopSignal;
import io.callweave.cli.role.EmbeddedStack;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** What people see while the demonstration runs: a line for each call, and how many go on. */
final class DemoShow {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final ZoneId ZONE = ZoneId.systemDefault();
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);
    private static final int REMEMBERED = 10_000;

    private final EmbeddedStack product;
    private final CallsWatch watch;
    private final DemoTraffic traffic;
    private final OutputStream records;
    private final PrintWriter out;
    private final PrintWriter messages;
    private final ProgressLine progress;
    private final Ink ink;
    private @Nullable LocalDate shownDay;

    /** The last line of each call, without the mark of a revision; revisions of older calls are rare. */
    private final Map<String, String> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Shows nothing yet.
     *
     * @param records the call records go here as they are
     */
    DemoShow(
            EmbeddedStack product,
            CallsWatch watch,
            DemoTraffic traffic,
            OutputStream records,
            PrintWriter out,
            PrintWriter messages,
            ProgressLine progress,
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
            if (!emission.call().path("status").asText().equals("superseded") && looksNew(emission.call())) {
                progress.clear();
                showDay(CallLine.day(emission.call(), ZONE));
                out.println(CallLine.of(emission.call(), watch.directory(), ZONE, ink));
                out.flush();
            }
        }
        records.flush();
        if (out.checkError()) {
            // As when anything else is written to nobody: a PrintWriter keeps it to itself.
            throw new IOException("Broken pipe");
        }
        if (watch.hasEarlierCalls() || watch.finished() >= SampleCalls.CALLS) {
            traffic.samplesSeen();
        }
    }

    /** A revision that changes nothing in the line would look like the same call again. */
    private boolean looksNew(JsonNode call) {
        ObjectNode first = call.deepCopy();
        String line = CallLine.of(first.put("revision", 1), watch.directory(), ZONE, new Ink(false));
        return !line.equals(
                shown.put(call.path("accountId").asText() + call.path("callId").asText(), line));
    }

    /** Above the first call of a day. A call that ended before midnight can come after one of the next day. */
    private void showDay(LocalDate day) {
        if (!day.equals(shownDay) && !day.plusDays(1).equals(shownDay)) {
            shownDay = day;
            out.println(ink.faint(CallLine.heading(day, ZONE)));
        }
    }

    private String counts() {
        return Messages.count(watch.live(), "live call") + ", " + watch.finished() + " finished (" + watch.partial()
                + " incomplete), " + traffic.sent() + " notifications sent";
    }

    private int report() {
        messages.println("callweave: " + counts() + ", " + traffic.taken() + " accepted.");
        traffic.failure().ifPresent(failure -> {
            throw failure;
        });
        if (product.topology().state() == KafkaStreams.State.ERROR) {
            messages.println("callweave: the topology failed; the log says why.");
            return ExitStatus.FAILED;
        }
        return ExitStatus.DONE;
    }
}

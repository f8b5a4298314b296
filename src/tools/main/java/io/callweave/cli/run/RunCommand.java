package io.callweave.cli.run;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.files.CallsOutput;
import io.callweave.cli.files.DirectoryUse;
import io.callweave.cli.files.FinalCalls;
import io.callweave.directory.DirectoryEntry;
import io.callweave.files.DeadLetterLines;
import io.callweave.files.Tally;
import io.callweave.listing.CallListing;
import io.callweave.local.FileRun;
import io.callweave.local.FileRunOptions;
import io.callweave.runtime.StopSignal;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code run}: files through the whole product, with a Kafka broker of its own. */
@Command(
        name = "run",
        description = {
            "Run files of notifications through the whole product: intake, a Kafka broker in this process, the"
                    + " topology.",
            "Prints every revision of every call record, in order of emission; as a table or CSV only the last of each call."
        },
        footer = {
            "",
            "Examples:",
            "  callweave run notifications.ndjson",
            "  callweave run notifications.ndjson > revisions.ndjson",
            "  callweave run --format csv --calls calls.csv monday.ndjson tuesday.ndjson",
            "  callweave run --final --party-metrics parties.ndjson notifications.ndjson > calls.ndjson"
        })
public final class RunCommand extends SettingsCommand {

    private static final int MOST_PARTITIONS = 100;

    @Mixin
    private CallsOutput output = new CallsOutput();

    @Option(
            names = "--party-events",
            paramLabel = "OUT",
            description = "Write the ordered party events to this file: {key, value} a line.")
    private @Nullable Path partyEvents;

    @Option(
            names = "--live-calls",
            paramLabel = "OUT",
            description = "Write the live calls to this file: {key, value} a line; value null: no longer live.")
    private @Nullable Path liveCalls;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of each topic, 1 to " + MOST_PARTITIONS + " (default 1).")
    private int partitions;

    @Override
    protected int run(Settings settings) throws IOException, InterruptedException {
        checkPartitions();
        Map<String, @Nullable Path> more = new LinkedHashMap<>();
        more.put("--party-events", partyEvents);
        more.put("--live-calls", liveCalls);
        output.check(more);
        // Before anything logs: logback.xml reads it.
        System.setProperty("callweave.kafka-log-level", "OFF");
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        PrintWriter messages = messages();
        ProgressLine progress = ProgressLine.to(messages);
        Tally tally = new Tally();
        List<DirectoryEntry> extensions = output.extensions();
        DirectoryUse use = new DirectoryUse(extensions);
        FileRunOptions options = new FileRunOptions(
                prefix,
                partitions,
                CallOptions.of(settings),
                WindowOptions.of(settings),
                settings.get(KnownSettings.ARTIFACTS_INSIGHTS),
                unread());
        AtomicBoolean said = new AtomicBoolean();
        Runnable sayStopped = () -> {
            if (said.compareAndSet(false, true)) {
                progress.clear();
                say("it was stopped before the end, so what it wrote is not whole.");
            }
        };
        try (StopSignal stop = StopSignal.interruptsThisThread()) {
            stop.otherwise(sayStopped);
            try {
                run(options, extensions, use, progress, tally, stop, sayStopped);
            } catch (InterruptedException | IOException | RuntimeException e) {
                if (!stop.requested()) {
                    throw e;
                }
                sayStopped.run();
                return ExitStatus.FAILED;
            }
        }
        if (output.hasDirectory()) {
            say(use.summary());
        }
        say(tally.summary("call record"));
        return ExitStatus.DONE;
    }

    private void run(
            FileRunOptions options,
            List<DirectoryEntry> extensions,
            DirectoryUse use,
            ProgressLine progress,
            Tally tally,
            StopSignal stop,
            Runnable sayStopped)
            throws IOException, InterruptedException {
        String prefix = options.topicPrefix();
        progress.say("starting Kafka in this process");
        try (FileRun run = FileRun.start(options)) {
            Runnable close = run::close;
            // On a busy machine, nothing may come of the interruption in time.
            stop.otherwise(() -> {
                sayStopped.run();
                close.run();
            });
            run.describe(extensions);
            run.takeIn(output.files(), System.in, line -> progress.count("notifications taken in"), tally);
            progress.say("putting calls together");
            run.processAll();
            progress.say("reading the call records");
            writeCalls(run, prefix, extensions, tally);
            writeDeadLetters(run, prefix, tally);
            if (partyEvents != null) {
                KeyedLines.writeAll(run.outputs(), Topic.PARTY_EVENTS.name(prefix), partyEvents);
            }
            if (liveCalls != null) {
                KeyedLines.writeAll(run.outputs(), Topic.LIVE_CALLS.name(prefix), liveCalls);
            }
            if (output.partyMetrics != null) {
                KeyedLines.writeLast(
                        run.outputs(),
                        Topic.PARTY_METRICS.name(prefix),
                        output.rows(output.partyMetrics, Topic.PARTY_METRICS));
            }
            if (output.windowMetrics != null) {
                KeyedLines.writeLast(
                        run.outputs(),
                        Topic.WINDOW_METRICS.name(prefix),
                        output.rows(output.windowMetrics, Topic.WINDOW_METRICS));
            }
            if (output.hasDirectory()) {
                run.outputs()
                        .<IOException>readByPartition(Topic.PARTY_METRICS.name(prefix), row -> use.row(row.value()));
            }
            progress.clear();
        }
    }

    /** The outputs that are not asked for. */
    private Set<Topic> unread() {
        Set<Topic> unread = EnumSet.noneOf(Topic.class);
        if (partyEvents == null) {
            unread.add(Topic.PARTY_EVENTS);
        }
        if (liveCalls == null) {
            unread.add(Topic.LIVE_CALLS);
        }
        if (output.partyMetrics == null && !output.hasDirectory()) {
            unread.add(Topic.PARTY_METRICS);
        }
        if (output.windowMetrics == null) {
            unread.add(Topic.WINDOW_METRICS);
        }
        return unread;
    }

    private void checkPartitions() {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw wrong("--partitions is " + partitions + "; it must be from 1 to " + MOST_PARTITIONS + ".");
        }
    }

    private void writeCalls(FileRun run, String prefix, List<DirectoryEntry> extensions, Tally tally)
            throws IOException {
        boolean everyRevision = output.revisions(true);
        FinalCalls last = new FinalCalls();
        try (CallListing listing = output.listing(extensions, everyRevision)) {
            run.outputs().<IOException>readMerged(Topic.CALLS.name(prefix), call -> {
                if (everyRevision) {
                    listing.add(call.value());
                    tally.call();
                } else {
                    last.add(call.value());
                }
            });
            for (byte[] call : last.inOrder()) {
                listing.add(call);
                tally.call();
            }
        }
    }

    private void writeDeadLetters(FileRun run, String prefix, Tally tally) throws IOException {
        try (DeadLetterLines lines = new DeadLetterLines(
                output.deadLetters == null ? OutputStream.nullOutputStream() : Output.to(output.deadLetters))) {
            run.outputs().<IOException>readMerged(Topic.DEAD_LETTERS.name(prefix), letter -> {
                String reason = String.valueOf(Headers.text(letter.headers(), Headers.REASON));
                tally.bad(reason);
                lines.write(
                        reason,
                        Headers.text(letter.headers(), Headers.SOURCE),
                        Headers.text(letter.headers(), Headers.DETAIL),
                        letter.value());
            });
        }
    }
}

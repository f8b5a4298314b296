package io.callweave.cli;

import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.local.DeadLetterLines;
import io.callweave.local.FileNotifications;
import io.callweave.local.FileRun;
import io.callweave.local.FileRunOptions;
import io.callweave.local.Tally;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.Headers;
import io.callweave.topology.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code run}: files through the whole product, with a Kafka broker of its own. */
@Command(
        name = "run",
        description = {
            "Run files of notifications through the whole product: intake, a Kafka broker in this process, the topology.",
            "Prints every revision of every call record, in order of emission."
        },
        footer = {
            "",
            "Examples:",
            "  callweave run notifications.ndjson > revisions.ndjson",
            "  callweave run --calls revisions.ndjson --party-metrics parties.ndjson monday.ndjson tuesday.ndjson"
        })
final class RunCommand implements Callable<Integer> {

    private static final int MOST_PARTITIONS = 100;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--calls", paramLabel = "OUT", description = "Write the call records to this file instead.")
    private @Nullable Path calls;

    @Option(
            names = "--party-metrics",
            paramLabel = "OUT",
            description = "Write the party rows to this file: the last value of each key, sorted by key.")
    private @Nullable Path partyMetrics;

    @Option(
            names = "--window-metrics",
            paramLabel = "OUT",
            description = "Write the windows' figures to this file: the last value of each key, sorted by key.")
    private @Nullable Path windowMetrics;

    @Option(
            names = "--party-events",
            paramLabel = "OUT",
            description = "Write the ordered party events to this file: {key, value} a line.")
    private @Nullable Path partyEvents;

    @Option(
            names = "--live-calls",
            paramLabel = "OUT",
            description = "Write the live calls to this file: {key, value} a line; value null: live no more.")
    private @Nullable Path liveCalls;

    @Option(
            names = "--dead-letters",
            paramLabel = "OUT",
            description =
                    "Write what cannot be used to this file: {reason, source, detail, value or valueBase64} a line.")
    private @Nullable Path deadLetters;

    @Option(
            names = "--directory",
            paramLabel = "CSV",
            description = "Names, sites and departments of extensions, as \"directory load\" takes them.")
    private @Nullable String directory;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of each topic, 1 to " + MOST_PARTITIONS + " (default 1).")
    private int partitions;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = settingsOptions.load(System.getenv());
        checkPartitions();
        if (FileNotifications.STDIN.equals(directory) && files.contains(FileNotifications.STDIN)) {
            throw WrongUsage.of(spec, "Notifications and --directory cannot both be the standard input.");
        }
        // Before anything logs: logback.xml reads it.
        System.setProperty("callweave.kafka-log-level", "OFF");
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        PrintWriter messages = Messages.to(spec);
        Progress progress = Progress.to(messages);
        Tally tally = new Tally();
        FileNotifications.check(files);
        List<DirectoryEntry> extensions = directory == null ? List.of() : extensions(directory);
        DirectoryUse use = new DirectoryUse(extensions);
        Output.check(inputs(), outputs());
        progress.say("starting Kafka in this process");
        try (FileRun run = FileRun.start(new FileRunOptions(
                prefix,
                partitions,
                CallSettings.maxNotificationBytes(settings),
                CallSettings.rules(settings),
                CallSettings.timing(settings),
                CallSettings.limits(settings),
                CallSettings.windows(settings)))) {
            run.describe(extensions);
            run.takeIn(files, System.in, line -> progress.count("notifications taken in"), tally);
            progress.say("putting calls together");
            run.workOff();
            progress.say("reading the call records");
            writeCalls(run, prefix, tally);
            writeDeadLetters(run, prefix, tally);
            if (partyEvents != null) {
                KeyedLines.writeAll(run.outputs(), Topic.PARTY_EVENTS.name(prefix), partyEvents);
            }
            if (liveCalls != null) {
                KeyedLines.writeAll(run.outputs(), Topic.LIVE_CALLS.name(prefix), liveCalls);
            }
            if (partyMetrics != null) {
                KeyedLines.writeLast(run.outputs(), Topic.PARTY_METRICS.name(prefix), partyMetrics);
            }
            if (windowMetrics != null) {
                KeyedLines.writeLast(run.outputs(), Topic.WINDOW_METRICS.name(prefix), windowMetrics);
            }
            if (directory != null) {
                run.outputs()
                        .<IOException>readByPartition(Topic.PARTY_METRICS.name(prefix), row -> use.row(row.value()));
            }
            progress.clear();
        }
        if (directory != null) {
            messages.println("callweave: " + use.summary());
        }
        messages.println("callweave: " + tally.summary("call record"));
        return Callweave.DONE;
    }

    private List<DirectoryEntry> extensions(String file) {
        DirectoryCsv csv = DirectoryFile.read(file, null, null);
        DirectoryFile.report(csv, Messages.to(spec));
        DirectoryFile.refuseFaults(file, csv);
        return csv.entries();
    }

    private Map<String, @Nullable Path> outputs() {
        Map<String, @Nullable Path> outputs = new LinkedHashMap<>();
        outputs.put("--calls", calls);
        outputs.put("--dead-letters", deadLetters);
        outputs.put("--party-events", partyEvents);
        outputs.put("--live-calls", liveCalls);
        outputs.put("--party-metrics", partyMetrics);
        outputs.put("--window-metrics", windowMetrics);
        return outputs;
    }

    private List<String> inputs() {
        List<String> inputs = new ArrayList<>(files);
        if (directory != null) {
            inputs.add(directory);
        }
        return inputs;
    }

    private void checkPartitions() {
        if (spec != null && (partitions < 1 || partitions > MOST_PARTITIONS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--partitions is " + partitions + "; it must be from 1 to " + MOST_PARTITIONS + ".");
        }
    }

    private void writeCalls(FileRun run, String prefix, Tally tally) throws IOException {
        try (OutputStream out = Output.stdoutOr(calls)) {
            run.outputs().<IOException>readMerged(Topic.CALLS.name(prefix), call -> {
                out.write(call.value());
                out.write('\n');
                tally.call();
            });
        }
    }

    private void writeDeadLetters(FileRun run, String prefix, Tally tally) throws IOException {
        try (DeadLetterLines lines =
                new DeadLetterLines(deadLetters == null ? OutputStream.nullOutputStream() : Output.to(deadLetters))) {
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

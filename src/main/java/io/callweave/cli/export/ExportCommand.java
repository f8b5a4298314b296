package io.callweave.cli.export;

import io.callweave.cli.common.DirectoryFile;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Interruption;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.role.CallSettings;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.export.ExportFormat;
import io.callweave.export.ExportKind;
import io.callweave.export.ExportPeriod;
import io.callweave.export.ExportProgress;
import io.callweave.export.ExportSelection;
import io.callweave.export.ExportSource;
import io.callweave.export.FileExport;
import io.callweave.export.TopicExport;
import io.callweave.local.FileNotifications;
import io.callweave.local.LocalException;
import io.callweave.local.Tally;
import io.callweave.local.TopicReader;
import io.callweave.notification.NotificationReader;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.directory.Directory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code export}: calls, rows, windows and events as files for tables and databases. */
@Command(
        name = "export",
        description = {
            "Export calls, party rows, windows or party events as NDJSON, CSV or Parquet.",
            "Reads files of notifications, or without any the topics of a cluster, in bounded memory."
        },
        footer = {
            "",
            "Examples:",
            "  callweave export notifications.ndjson --out calls.parquet",
            "  callweave export --bootstrap-servers=kafka-1:9092 --from 2026-03-01 --to 2026-04-01 --out march.csv",
            "  callweave export --bootstrap-servers=kafka-1:9092 --what calls,rows,windows --format parquet --out warehouse/"
        })
public final class ExportCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input. Without files: the topics of a cluster.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--what",
            paramLabel = "KIND",
            split = ",",
            completionCandidates = Kinds.class,
            description = "calls, rows, windows or events; several with commas between them (calls).")
    private List<String> what = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "ndjson, csv or parquet (by the name of the file, else ndjson).")
    private @Nullable String format;

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description = "Write to this file, or to files such as calls.csv in this directory, instead of stdout.")
    private @Nullable Path out;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only what begins at this time or later: a date, or ISO-8601 with an offset.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only what begins before this time.")
    private @Nullable String to;

    @Option(names = "--account", paramLabel = "ID", description = "Only what belongs to this account.")
    private @Nullable String account;

    @Option(
            names = "--final",
            description = "Export the last value of each key, without superseded calls (the default).")
    private boolean last;

    @Option(names = "--revisions", description = "Export every revision that is still on the topic.")
    private boolean revisions;

    @Option(
            names = "--directory",
            paramLabel = "CSV",
            description = "Names, sites and departments of extensions, as \"directory load\" takes them.")
    private @Nullable String directory;

    @Mixin
    private SettingsOptions settingsOptions =
            new SettingsOptions(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);

    @Spec
    private @Nullable CommandSpec spec;

    /** For completion. */
    static final class Kinds extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Kinds() {
            super(ExportKind.words());
        }
    }

    /** For completion. */
    static final class Formats extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Formats() {
            super(ExportFormat.words());
        }
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = settingsOptions.load(System.getenv());
        List<ExportKind> kinds = kinds();
        ExportSelection selection = selection(settings);
        check();
        ExportOutput output = ExportOutput.of(spec, format, out, kinds, inputs());
        List<DirectoryEntry> extensions = extensions();
        ProgressLine line = ProgressLine.to(Messages.to(spec));
        try (Interruption interruption = Interruption.ofThisThread()) {
            interruption.otherwise(output::abandon);
            ExportProgress progress = (doing, done, total) -> {
                if (interruption.requested()) {
                    throw new LocalException("It was stopped before the end.");
                }
                line.bar(done, total, doing);
            };
            List<String> written = new ArrayList<>();
            try (ExportSource source = source(settings, kinds, extensions, progress, line)) {
                for (ExportKind kind : kinds) {
                    output.write(kind, DirectoryLookup.of(extensions), listing -> {
                        long count = source.export(kind, selection, listing, progress);
                        written.add(count + " " + word(kind, count));
                    });
                }
            } catch (IOException | RuntimeException e) {
                if (!interruption.requested()) {
                    throw e;
                }
                line.clear();
                Messages.to(spec).println("callweave: it was stopped before the end, so what it wrote is not whole.");
                return ExitStatus.FAILED;
            } finally {
                line.clear();
            }
            Messages.to(spec).println("callweave: " + String.join(", ", written) + " exported.");
        }
        return ExitStatus.DONE;
    }

    private static String word(ExportKind kind, long count) {
        String plural = kind.word();
        return count == 1 ? plural.substring(0, plural.length() - 1) : plural;
    }

    private ExportSource source(
            Settings settings,
            List<ExportKind> kinds,
            List<DirectoryEntry> extensions,
            ExportProgress progress,
            ProgressLine line) {
        if (files.isEmpty()) {
            // Before anything logs; what fails is an exception, and an interruption is none of the broker's.
            System.setProperty("callweave.kafka-log-level", "OFF");
            // Says in one sentence that no broker answers.
            ClusterSettings.connect(settings, Messages.to(spec)).close();
            return new TopicExport(
                    new TopicReader(settings.kafkaClientOptions(), PATIENCE),
                    settings.get(KnownSettings.TOPICS_PREFIX));
        }
        Directory names = extensions.isEmpty() ? Directory.NONE : DirectoryLookup.of(extensions)::find;
        FileExport export = new FileExport(
                CallSettings.rules(settings),
                CallSettings.windows(settings).rules(),
                names,
                kinds.contains(ExportKind.EVENTS));
        Tally tally = new Tally();
        try (FileNotifications lines = new FileNotifications(files, System.in)) {
            export.read(lines, new NotificationReader(CallSettings.notifications(settings)), tally, progress);
        } catch (RuntimeException e) {
            export.close();
            throw e;
        }
        line.clear();
        Messages.to(spec).println("callweave: " + tally.summary("call"));
        return export;
    }

    private List<ExportKind> kinds() {
        List<ExportKind> kinds = new ArrayList<>();
        for (String word : what) {
            ExportKind kind = ExportKind.parse(word)
                    .orElseThrow(() -> WrongUsage.of(
                            spec,
                            "--what is \"" + word + "\"; it must be one of " + String.join(", ", ExportKind.words())
                                    + ", or several with commas between them."));
            if (!kinds.contains(kind)) {
                kinds.add(kind);
            }
        }
        return kinds.isEmpty() ? List.of(ExportKind.CALLS) : kinds;
    }

    private ExportSelection selection(Settings settings) {
        ExportPeriod period = new ExportPeriod(
                time("--from", from, ExportPeriod.ALL.from(), settings),
                time("--to", to, ExportPeriod.ALL.to(), settings));
        if (period.from() >= period.to()) {
            throw WrongUsage.of(spec, "--from is " + from + " and --to is " + to + "; --from must be earlier.");
        }
        return new ExportSelection(period, account, revisions);
    }

    private long time(String option, @Nullable String text, long byDefault, Settings settings) {
        if (text == null) {
            return byDefault;
        }
        try {
            return ExportPeriod.parse(text, settings.get(KnownSettings.METRICS_TIME_ZONE));
        } catch (DateTimeException | ArithmeticException e) {
            throw WrongUsage.of(
                    spec,
                    option + " is \"" + text
                            + "\"; it must be a date, such as 2026-03-01, or a time with an offset, such as"
                            + " 2026-03-01T08:00+01:00.");
        }
    }

    private void check() {
        if (revisions && last) {
            throw WrongUsage.of(spec, "--revisions and --final exclude each other; give only one of them.");
        }
        if (revisions && !files.isEmpty()) {
            throw WrongUsage.of(
                    spec,
                    "Files have no revisions; \"callweave run\" or \"callweave assemble --revisions\" makes them.");
        }
        if (FileNotifications.STDIN.equals(directory) && files.contains(FileNotifications.STDIN)) {
            throw WrongUsage.of(spec, "Notifications and --directory cannot both be the standard input.");
        }
        FileNotifications.check(files);
    }

    private List<String> inputs() {
        List<String> inputs = new ArrayList<>(files);
        if (directory != null) {
            inputs.add(directory);
        }
        return inputs;
    }

    private List<DirectoryEntry> extensions() {
        if (directory == null) {
            return List.of();
        }
        DirectoryCsv csv = DirectoryFile.read(directory, null, null);
        DirectoryFile.report(csv, Messages.to(spec));
        DirectoryFile.refuseFaults(directory, csv);
        return csv.entries();
    }
}

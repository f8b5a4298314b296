package io.callweave.cli.export;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.export.ExportKind;
import io.callweave.export.ExportPeriod;
import io.callweave.export.ExportProgress;
import io.callweave.export.ExportSelection;
import io.callweave.export.ExportSource;
import io.callweave.export.FileCalls;
import io.callweave.export.FileExport;
import io.callweave.export.LeftOut;
import io.callweave.export.TopicExport;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.LocalException;
import io.callweave.files.Tally;
import io.callweave.runtime.StopSignal;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicReader;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.windows.WindowOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class ExportCommand extends SettingsCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Mixin
    private ExportOptions options = new ExportOptions();

    public ExportCommand() {
        super(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);
    }

    @Override
    protected int run(Settings settings) throws IOException {
        List<ExportKind> kinds = options.kinds();
        ExportSelection selection = options.selection(settings);
        options.check();
        ExportOutput output = options.output(kinds);
        List<DirectoryEntry> extensions = options.extensions();
        LeftOut leftOut = new LeftOut(settings.get(KnownSettings.PRIVACY_EXCLUDE));
        ProgressLine line = ProgressLine.to(messages());
        try (StopSignal stop = StopSignal.interruptsThisThread()) {
            stop.otherwise(output::abandon);
            ExportProgress progress = (doing, done, total) -> {
                if (stop.requested()) {
                    throw new LocalException("It was stopped before the end.");
                }
                line.bar(done, total, doing);
            };
            List<String> written = new ArrayList<>();
            long[] all = {0};
            try (ExportSource source = source(settings, kinds, extensions, leftOut, progress, line)) {
                for (ExportKind kind : kinds) {
                    output.write(kind, DirectoryLookup.of(extensions), listing -> {
                        long count = source.export(kind, selection, listing, progress);
                        all[0] += count;
                        written.add(count + " " + word(kind, count));
                    });
                }
            } catch (IOException | RuntimeException e) {
                if (!stop.requested()) {
                    throw e;
                }
                line.clear();
                say("it was stopped before the end, so what it wrote is not whole.");
                return ExitStatus.FAILED;
            } finally {
                line.clear();
            }
            say(String.join(", ", written) + " exported.");
            if (leftOut.count() > 0) {
                say(Messages.count(leftOut.count(), "value") + " left out by privacy.exclude.");
            }
            if (options.files().isEmpty()
                    && kinds.contains(ExportKind.WINDOWS)
                    && !settings.get(KnownSettings.PRIVACY_EXCLUDE).isEmpty()) {
                say("the figures of windows on the topic count calls that privacy.exclude names.");
            }
            if (selection.keys() != null && all[0] < selection.keys().size()) {
                say((selection.keys().size() - all[0]) + " of the keys are not on the topic, or not in the selection.");
            }
            if (all[0] == 0
                    && (selection.account() != null || !selection.period().equals(ExportPeriod.ALL))) {
                say("nothing fits --account, --from and --to.");
            }
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
            LeftOut leftOut,
            ExportProgress progress,
            ProgressLine line) {
        if (options.files().isEmpty()) {
            if (settings.find(KnownSettings.BOOTSTRAP_SERVERS).isEmpty()) {
                throw wrong("Name files, or a cluster with --bootstrap-servers.");
            }
            // Before anything logs; what fails is an exception, and an interruption is none of the broker's.
            System.setProperty("callweave.kafka-log-level", "OFF");
            // Says in one sentence that no broker answers.
            ClusterSettings.connect(settings, messages()).close();
            return new TopicExport(
                    new TopicReader(settings.kafkaClientOptions(), PATIENCE),
                    settings.get(KnownSettings.TOPICS_PREFIX),
                    leftOut);
        }
        Directory names = extensions.isEmpty() ? Directory.NONE : DirectoryLookup.of(extensions)::find;
        CallOptions rules = CallOptions.of(settings);
        FileCalls calls = new FileCalls(kinds.contains(ExportKind.EVENTS));
        Tally tally = new Tally();
        try (FileNotifications lines = new FileNotifications(
                options.files(), System.in, rules.notifications().maxBytes())) {
            calls.read(
                    lines,
                    new KeptNotifications(rules.notifications(), settings.get(KnownSettings.ARTIFACTS_INSIGHTS)),
                    tally,
                    progress);
        } catch (RuntimeException e) {
            calls.close();
            throw e;
        }
        line.clear();
        say(tally.summary("call"));
        return new FileExport(calls, rules.rules(), WindowOptions.of(settings).rules(), names, leftOut);
    }
}

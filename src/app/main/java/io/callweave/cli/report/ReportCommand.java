package io.callweave.cli.report;

import io.callweave.cli.common.DirectoryOption;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.directory.DirectoryLookup;
import io.callweave.metrics.Count;
import io.callweave.report.CallReport;
import io.callweave.report.ReportRules;
import io.callweave.report.page.ReportPage;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.windows.WindowOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code report}: a page and CSV files of what calls there were. */
@Command(
        name = "report",
        description = {
            "Make a report of calls: one HTML page that needs no network, and its figures as CSV files.",
            "The calls come from files of notifications or of call records, or from the topics of a cluster."
        },
        footer = {
            "",
            "Examples:",
            "  callweave report monday.ndjson",
            "  callweave report calls.ndjson --out monday --zone Europe/Berlin --metrics-short-abandon 5s",
            "  callweave report calls.ndjson --metrics-service-goal 80% --metrics-service-levels 809646016/62096127016=30s",
            "  callweave report monday.ndjson tuesday.ndjson --account 809646016 --queue 62096127016",
            "  callweave report --bootstrap-servers=kafka-1:9092 --from 2026-11-02 --to 2026-11-09"
        })
public final class ReportCommand extends SettingsCommand {

    /** Of the memory, the part that figures take at most. */
    private static final int SHARE = 2;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Notifications, or call records as assemble and run print them, one a line; - is the standard"
                    + " input. Without files, the topics calls and feed-gaps.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "callweave-report",
            description = "Write report.html and the CSV files to this directory (default callweave-report).")
    private Path out = Path.of("callweave-report");

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Calls that start then or later: a date, or a time such as 2026-11-02T08:00.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Calls that start earlier than that; the date or time itself is not included.")
    private @Nullable String to;

    @Option(names = "--account", paramLabel = "ID", description = "Calls of this account (default all).")
    private @Nullable String account;

    @Option(
            names = "--queue",
            paramLabel = "ID",
            description = "Calls that were in the queue with this extension id (default all).")
    private @Nullable String queue;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of hours and days, such as Europe/Berlin (default metrics.time-zone).")
    private @Nullable String zone;

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Option(
            names = "--show-numbers",
            description = "Show phone numbers in full. Else only the last two digits are shown.")
    private boolean numbersShown;

    public ReportCommand() {
        super(
                KnownSettings.BOOTSTRAP_SERVERS,
                KnownSettings.TOPICS_PREFIX,
                KnownSettings.METRICS_SERVICE_LEVEL,
                KnownSettings.METRICS_SERVICE_LEVELS,
                KnownSettings.METRICS_SHORT_ABANDON,
                KnownSettings.METRICS_SHORT_ABANDONS,
                KnownSettings.METRICS_SERVICE_GOAL,
                KnownSettings.METRICS_SERVICE_GOALS);
    }

    @Override
    protected int run(Settings settings) throws IOException {
        PrintWriter messages = messages();
        directory.checkedWith(files, spec());
        CallReport report = new CallReport(
                rules(settings),
                DirectoryLookup.of(directory.extensions(messages)),
                Runtime.getRuntime().maxMemory() / SHARE);
        ReportFiles target = ReportFiles.in(out);
        ProgressLine progress = ProgressLine.to(messages);
        ReportPage.Source source = withNotes(
                report,
                files.isEmpty()
                        ? topics(settings, messages).read(report, progress)
                        : new CallFiles(settings, files, System.in).read(report, progress));
        progress.say("writing the report");
        Path page = target.write(report, source, numbersShown);
        progress.clear();
        source.notes().forEach(this::say);
        hintAtNothing(report);
        say(Messages.count(report.volumes().all().count(Count.CALLS), "call") + " in " + page + ", with "
                + Messages.count(report.tables().size(), "CSV file") + " beside it.");
        return ExitStatus.DONE;
    }

    private static ReportPage.Source withNotes(CallReport report, ReportPage.Source source) {
        List<String> notes = new ArrayList<>(source.notes());
        if (report.excluded() > 0) {
            notes.add(Messages.count(report.excluded(), "call") + " left out by privacy.exclude.");
        }
        if (!report.notInFull().isEmpty()) {
            notes.add(
                    "Some agents, queues, numbers and hours are left out or not counted in full, because they do not fit"
                            + " in the memory, of "
                            + Messages.count(report.notInFull().size(), "account") + ", such as "
                            + report.notInFull().first()
                            + ". For all, choose a shorter period, or a larger heap with CALLWEAVE_JAVA_OPTS=-Xmx4g.");
        }
        return new ReportPage.Source(source.name(), notes);
    }

    /** A misspelt account looks like a quiet one. */
    private void hintAtNothing(CallReport report) {
        Long first = report.firstSeen();
        Long last = report.lastSeen();
        if (first == null || last == null || report.volumes().all().count(Count.CALLS) > 0) {
            return;
        }
        say("no call fits --account, --queue, --from and --to. Those that were read started from "
                + Instant.ofEpochMilli(first) + " to " + Instant.ofEpochMilli(last) + ", in accounts such as "
                + String.join(", ", report.accountsSeen()) + ".");
    }

    private CallTopics topics(Settings settings, PrintWriter messages) {
        if (settings.find(KnownSettings.BOOTSTRAP_SERVERS).isEmpty()) {
            throw wrong("Name files, or a cluster with --bootstrap-servers.");
        }
        return new CallTopics(settings, messages);
    }

    private ReportRules rules(Settings settings) {
        ZoneId zoneId = zone == null
                ? settings.get(KnownSettings.METRICS_TIME_ZONE)
                : Times.zone(zone)
                        .orElseThrow(() ->
                                wrong("--zone is \"" + zone + "\"; it must be a time zone such as Europe/Berlin."));
        Instant begin = time("--from", from, zoneId);
        Instant end = time("--to", to, zoneId);
        if (begin != null && end != null && !begin.isBefore(end)) {
            throw wrong("--to must be later than --from.");
        }
        return new ReportRules(
                zoneId,
                begin,
                end,
                account,
                queue,
                WindowOptions.of(settings).rules().levels(),
                WindowOptions.goals(settings),
                settings.get(KnownSettings.PRIVACY_EXCLUDE));
    }

    private @Nullable Instant time(String option, @Nullable String text, ZoneId zoneId) {
        return text == null
                ? null
                : Times.time(text, zoneId)
                        .orElseThrow(() -> wrong(
                                option + " is \"" + text + "\"; it must be a date such as 2026-11-02, or a time such as"
                                        + " 2026-11-02T08:00 or 2026-11-02T08:00:00Z."));
    }
}

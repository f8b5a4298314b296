package io.callweave.cli.audit;

import io.callweave.audit.Audit;
import io.callweave.audit.AuditDifference;
import io.callweave.audit.AuditDifference.FieldDifference;
import io.callweave.audit.AuditDifference.Kind;
import io.callweave.audit.AuditJson;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.audit.Auditor;
import io.callweave.bridge.audit.CallTopic;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.PeriodOptions;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.cli.role.PrivacySettings;
import io.callweave.cli.role.RingCentralSettings;
import io.callweave.export.ExportPeriod;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.files.FileNotifications;
import io.callweave.report.AuditTables;
import io.callweave.report.page.AuditPage;
import io.callweave.report.page.CsvFiles;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Pause;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.calllog.CallLogReader;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.value.Timestamps;
import io.callweave.words.Lengths;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code audit}: whether calls agree with RingCentral's Call Log. */
@Command(
        name = "audit",
        description = {
            "Compare calls with RingCentral's Call Log, session by session.",
            "Needs the permission ReadCallLog. Reads the log with three of four requests that RingCentral allows, and"
                    + " changes nothing. Exit status 1: more sessions than --tolerate are wrong or partial."
        },
        footer = {
            "",
            "Examples:",
            "  callweave audit --account 809646016 --from 2026-11-01 --to 2026-12-01 --bootstrap-servers=kafka-1:9092",
            "  callweave audit --from 2026-11-28 --html audit.html --csv audit.csv --bootstrap-servers=kafka-1:9092",
            "  callweave audit --from 2026-11-28 --calls calls.ndjson --json - --tolerate 10"
        })
public final class AuditCommand extends SettingsCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(
            names = "--calls",
            paramLabel = "FILE",
            description = "Call records as assemble and export print them, instead of the topic of calls.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--tolerate",
            paramLabel = "N",
            defaultValue = "0",
            description = "With so many differences, the exit status is still 0 (0).")
    private long tolerated;

    @Option(names = "--html", paramLabel = "OUT", description = "Write a page that needs no network; - is stdout.")
    private @Nullable Path html;

    @Option(names = "--csv", paramLabel = "OUT", description = "Write the differences as CSV; - is stdout.")
    private @Nullable Path csv;

    @Option(
            names = "--json",
            paramLabel = "OUT",
            description = "Write the differences as JSON, one a line; - is stdout.")
    private @Nullable Path json;

    @Option(
            names = "--show-numbers",
            description = "Show phone numbers in full on the page. Else only the last two digits are shown.")
    private boolean numbersShown;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    public AuditCommand() {
        super(
                KnownSettings.BOOTSTRAP_SERVERS,
                KnownSettings.TOPICS_PREFIX,
                KnownSettings.AUDIT_SETTLE,
                KnownSettings.BRIDGE_ACCOUNTS_FILE,
                KnownSettings.RINGCENTRAL_SERVER,
                KnownSettings.RINGCENTRAL_CLIENT_ID);
    }

    @Override
    protected int run(Settings settings) throws IOException, InterruptedException {
        Map<String, @Nullable Path> outputs = new LinkedHashMap<>();
        outputs.put("--html", html);
        outputs.put("--csv", csv);
        outputs.put("--json", json);
        Output.check(files, outputs);
        Instant now = Instant.now();
        Auditor.Period compared = period(settings, now);
        Map<String, Audit> audits;
        try {
            Map<String, CallLogReader> logs = logs(settings);
            audits =
                    files.isEmpty() ? ofCluster(settings, compared, now, logs) : ofFiles(settings, compared, now, logs);
        } catch (RingCentralException e) {
            say(String.valueOf(e.getMessage()));
            return ExitStatus.FAILED;
        }
        write(audits, settings.get(KnownSettings.METRICS_TIME_ZONE), compared);
        Duration settle = settings.get(KnownSettings.AUDIT_SETTLE);
        audits.forEach((account, audit) -> tell(account, audit, settle));
        long wrong = audits.values().stream().mapToLong(Audit::wrong).sum();
        return wrong > tolerated ? ExitStatus.FAILED : ExitStatus.DONE;
    }

    private Auditor.Period period(Settings settings, Instant now) {
        ExportPeriod asked = period.period(settings);
        if (asked.from() == ExportPeriod.ALL.from()) {
            throw wrong("Say with --from when the period begins, such as --from 2026-11-01.");
        }
        return new Auditor.Period(asked.from(), Math.min(asked.to(), now.toEpochMilli()));
    }

    /** The logs of the accounts that are asked for, by account. */
    private Map<String, CallLogReader> logs(Settings settings) {
        String account = period.account();
        Server server = RingCentralSettings.server(settings, Patience.OF_SERVERS);
        Map<String, CallLogReader> logs = new TreeMap<>();
        for (Account each : RingCentralSettings.checkedAccounts(settings)) {
            Connection connection = each.connection();
            if (connection != null && (account == null || account.equals(each.id()))) {
                logs.put(each.id(), log(client(server, connection), each.id()));
            }
        }
        if (logs.isEmpty()) {
            Client client = client(server, RingCentralSettings.needOwnConnection(settings, null));
            String id = account == null ? client.accountId() : account;
            logs.put(id, log(client, id));
        }
        return logs;
    }

    private static Client client(Server server, Connection connection) {
        return new Client(server, connection.credentials(), InstantSource.system());
    }

    private static CallLogReader log(Client client, String account) {
        return new CallLogReader(client, account, Pause.REAL, InstantSource.system());
    }

    private Map<String, Audit> ofCluster(
            Settings settings, Auditor.Period compared, Instant now, Map<String, CallLogReader> logs)
            throws InterruptedException {
        if (settings.find(KnownSettings.BOOTSTRAP_SERVERS).isEmpty()) {
            throw wrong("Name files with --calls, or a cluster with --bootstrap-servers.");
        }
        ClusterCommand.quietenKafka();
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        ClusterSettings.needTopics(settings, List.of(Topic.CALLS.name(prefix)), messages());
        CallTopic topic = new CallTopic(new TopicReader(settings.kafkaClientOptions(), PATIENCE), prefix);
        return compare(settings, compared, now, logs, topic, topic.gaps());
    }

    private Map<String, Audit> ofFiles(
            Settings settings, Auditor.Period compared, Instant now, Map<String, CallLogReader> logs)
            throws InterruptedException {
        FileNotifications.check(files);
        int[] bad = {0};
        Auditor.Source<RuntimeException> source = (from, taker) -> {
            bad[0] = 0;
            try (FileNotifications lines = new FileNotifications(files, System.in)) {
                while (lines.hasNext()) {
                    if (!taker.take(lines.next().value())) {
                        bad[0]++;
                    }
                }
            }
        };
        Map<String, Audit> audits = compare(settings, compared, now, logs, source, List.of());
        if (bad[0] > 0) {
            say(Messages.count(bad[0], "line") + " of the files are no call records.");
        }
        return audits;
    }

    private <E extends Exception> Map<String, Audit> compare(
            Settings settings,
            Auditor.Period compared,
            Instant now,
            Map<String, CallLogReader> logs,
            Auditor.Source<E> source,
            List<FeedGapJson.Span> gaps)
            throws E, InterruptedException {
        Function<@Nullable String, Privacy> privacy = PrivacySettings.byAccount(settings);
        Auditor auditor = new Auditor(
                settings.get(KnownSettings.PRIVACY_EXCLUDE),
                new PersonalDataMasker(PrivacySettings.key(settings)),
                settings.get(KnownSettings.AUDIT_SETTLE),
                logs.keySet());
        Map<String, Audit> audits = new TreeMap<>();
        ProgressLine progress = ProgressLine.to(messages());
        try {
            for (Map.Entry<String, CallLogReader> log : logs.entrySet()) {
                String account = log.getKey();
                Auditor.Sides sides = auditor.read(
                        account,
                        privacy.apply(account),
                        compared,
                        log.getValue(),
                        source,
                        read -> progress.say(account + ": " + read + " records of the log read"));
                audits.put(account, auditor.compare(sides, compared, now, gaps));
            }
        } finally {
            progress.clear();
        }
        return audits;
    }

    private void write(Map<String, Audit> audits, ZoneId zone, Auditor.Period compared) throws IOException {
        if (json != null) {
            try (OutputStream out = Output.to(json)) {
                for (AuditDifference difference : all(audits).toList()) {
                    out.write(AuditJson.write(difference));
                    out.write('\n');
                }
            }
        }
        if (csv != null) {
            new CsvFiles(zone, true).write(AuditTables.differences(audits.values(), number -> number), Output.to(csv));
        }
        if (html != null) {
            AuditPage page = new AuditPage(
                    audits,
                    Timestamps.iso(compared.from()) + " to " + Timestamps.iso(compared.to()),
                    zone,
                    List.of("A session is equal if its start differs by at most one second, its length by at most two"
                            + " seconds, and direction, result and both parties mean the same."),
                    numbersShown);
            try (Writer out = new OutputStreamWriter(Output.to(html), StandardCharsets.UTF_8)) {
                page.write(out);
            }
        }
        boolean stdoutIsTaken = Stream.of(html, csv, json).anyMatch(file -> file != null && Output.isStdout(file));
        List<List<String>> rows = all(audits).map(AuditCommand::row).toList();
        if (!stdoutIsTaken && !rows.isEmpty()) {
            List<List<String>> table = new ArrayList<>();
            table.add(List.of("difference", "started", "account", "session", "what"));
            table.addAll(rows);
            data().table(table);
        }
    }

    private static Stream<AuditDifference> all(Map<String, Audit> audits) {
        return audits.values().stream().flatMap(audit -> audit.differences().stream());
    }

    private static List<String> row(AuditDifference difference) {
        return List.of(
                difference.kind().word(),
                Timestamps.iso(difference.startTime()),
                difference.accountId(),
                difference.telephonySessionId(),
                what(difference));
    }

    private static String what(AuditDifference difference) {
        String fields = difference.fields().stream().map(AuditCommand::what).collect(Collectors.joining("; "));
        String gap = difference.inFeedGap() ? ", in a feed gap" : "";
        return switch (difference.kind()) {
            case ONLY_HERE -> "the log has no record of it";
            case ONLY_THERE -> {
                String other = difference.otherAccount();
                yield other == null
                        ? "no call has it" + gap
                        : "here it is a call of "
                                + (other.equals(AuditDifference.ANOTHER) ? "another account" : "the account " + other);
            }
            case PARTIAL -> "the call is partial or backfilled" + gap + (fields.isEmpty() ? "" : ": " + fields);
            case UNSETTLED -> "the log is not settled" + (fields.isEmpty() ? "" : ": " + fields);
            case DIFFERS, EQUAL -> fields + gap;
        };
    }

    private static String what(FieldDifference field) {
        return switch (field.field()) {
            case "doubled" -> "the log has it twice: " + field.there();
            case "cut" -> "the log has two records, one after the other: " + field.there();
            default ->
                field.field() + " is " + field.here() + ", in the log "
                        + (field.there() == null ? "nothing" : field.there());
        };
    }

    private void tell(String account, Audit audit, Duration settle) {
        say(account + ": " + audit.compared() + " sessions compared, " + audit.wrong() + " wrong or partial. "
                + Stream.of(Kind.values())
                        .map(kind -> audit.count(kind) + " " + kind.word())
                        .collect(Collectors.joining(", "))
                + (audit.notEnded() == 0
                        ? "."
                        : ". " + audit.notEnded() + " have not ended, or less than " + Lengths.exact(settle.toMillis())
                                + " ago."));
    }
}

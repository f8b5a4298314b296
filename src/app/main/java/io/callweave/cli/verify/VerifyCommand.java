package io.callweave.cli.verify;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.OpenSecrets;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.PeriodOptions;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.record.RecordHead;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.Durations;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.TopicState;
import io.callweave.value.JsonOut;
import io.callweave.verify.Difference;
import io.callweave.verify.Difference.Kind;
import io.callweave.verify.JdbcTable;
import io.callweave.verify.OwnTable;
import io.callweave.verify.TableFiles;
import io.callweave.verify.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code verify}: whether a table of one's own holds all calls, and each of them is the newest. */
@Command(
        name = "verify",
        description = {
            "Compare your own table of calls with the topic of calls.",
            "Each difference is a line of JSON on stdout: missing, old, superseded or unknown. Needs the columns callId,"
                    + " accountId, revision, epoch and startTime, and reads status. Exit status 1: the table is wrong."
        },
        footer = {
            "",
            "Examples:",
            "  callweave verify calls.csv --keys again.txt --bootstrap-servers=kafka-1:9092",
            "  callweave verify march.parquet --from 2026-03-01 --to 2026-04-01 --bootstrap-servers=kafka-1:9092",
            "  callweave verify jdbc:postgresql://localhost/calls --driver postgresql.jar --jdbc-properties db.properties"
                    + " --query \"SELECT call_id, account_id, revision, epoch, start_time, status FROM calls\""
                    + " --bootstrap-servers=kafka-1:9092"
        })
public final class VerifyCommand extends ClusterCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_NAMED = 5;
    private static final String JDBC = "jdbc:";

    @Parameters(
            paramLabel = "TABLE",
            description = "A file that ends in .csv, .ndjson or .parquet, or the JDBC URL of a database.")
    private String table = "";

    @Option(names = "--query", paramLabel = "SQL", description = "What selects the columns; for a JDBC URL.")
    private @Nullable String query;

    @Option(
            names = "--driver",
            paramLabel = "JAR",
            description = "The JDBC driver of the database. That of SQLite is there already.")
    private @Nullable Path driver;

    @Option(
            names = "--jdbc-properties",
            paramLabel = "FILE",
            description = "Properties of the connection, such as user and password.")
    private @Nullable Path properties;

    @Option(
            names = "--keys",
            paramLabel = "OUT",
            description = "Write the keys of missing, old and superseded calls to this file, for export --keys and"
                    + " deliver retry --keys.")
    private @Nullable Path keys;

    @Option(names = "--out", paramLabel = "OUT", description = "Write the differences to this file instead of stdout.")
    private @Nullable Path differences;

    @Option(
            names = "--settle",
            paramLabel = "DURATION",
            description = "Records that were emitted less than this before the start may still be on their way to the"
                    + " table (5m).")
    private String settle = "5m";

    @Option(names = "--rows", description = "Trust no digest: compare every hour row by row.")
    private boolean everyRow;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Override
    protected int onCluster(Settings settings) throws IOException {
        long now = System.currentTimeMillis();
        OwnTable own = own();
        Map<String, @Nullable Path> outputs = new HashMap<>();
        outputs.put("--keys", keys);
        outputs.put("--out", differences);
        Output.check(table.startsWith(JDBC) ? List.of() : List.of(table), outputs);
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        Verification verification = new Verification(new Verification.Question(
                period.period(settings),
                period.account(),
                everyRow,
                now
                        - Durations.parse(settle)
                                .orElseThrow(() -> wrong("--settle must be a duration such as 5m."))
                                .toMillis(),
                keptSince(settings, Topic.CALLS.name(prefix), now),
                settings.get(KnownSettings.PRIVACY_EXCLUDE),
                prefix));
        ProgressLine line = ProgressLine.to(messages());
        try (OutputStream out = Output.stdoutOr(differences);
                OutputStream again = keys == null ? OutputStream.nullOutputStream() : Output.to(keys)) {
            verification.run(
                    own,
                    new TopicReader(settings.kafkaClientOptions(), PATIENCE),
                    (what, done, total) -> line.bar(done, total, what),
                    difference -> {
                        out.write(json(difference));
                        out.write('\n');
                        if (difference.kind().canBeFetched()) {
                            again.write(difference.call().key());
                            again.write('\n');
                        }
                    });
        } finally {
            line.clear();
        }
        tell(verification);
        return verification.isRight() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private OwnTable own() {
        if (table.startsWith(JDBC)) {
            if (query == null) {
                throw wrong("Say with --query what selects the columns callId, accountId, revision, epoch, startTime.");
            }
            if (properties != null) {
                OpenSecrets.sentence("--jdbc-properties", properties).ifPresent(this::say);
            }
            return new JdbcTable(table, query, driver, properties);
        }
        if (query != null || driver != null || properties != null) {
            throw wrong("--query, --driver and --jdbc-properties are for a JDBC URL, such as"
                    + " jdbc:postgresql://localhost/calls.");
        }
        return TableFiles.of(table);
    }

    /** Since when the topic has all records; the lowest number if it keeps them for good. */
    private long keptSince(Settings settings, String calls, long now) {
        TopicState state = states(settings, List.of(calls)).get(calls);
        if (state == null) {
            throw ClusterSettings.isMissing(calls);
        }
        String retention = state.config(TopicConfig.RETENTION_MS_CONFIG);
        boolean deletes = state.config(TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_DELETE);
        return deletes && !retention.isEmpty() && !retention.equals("-1")
                ? now - Long.parseLong(retention)
                : Long.MIN_VALUE;
    }

    private static byte[] json(Difference difference) {
        RecordHead call = difference.call();
        RecordHead own = difference.own();
        RecordHead ours = difference.ours();
        JsonOut out = new JsonOut(256);
        out.beginObject();
        out.name("difference");
        out.text(difference.kind().word());
        out.name("accountId");
        out.text(call.accountId());
        out.name("callId");
        out.text(call.callId());
        out.name("startTime");
        out.time(call.startTime() == null ? 0 : call.startTime());
        revision("", ours, out);
        revision("table", own, out);
        out.endObject();
        return out.toBytes();
    }

    private static void revision(String side, @Nullable RecordHead head, JsonOut out) {
        out.name(side.isEmpty() ? "epoch" : side + "Epoch");
        number(head == null ? null : Long.valueOf(head.epoch()), out);
        out.name(side.isEmpty() ? "revision" : side + "Revision");
        number(head == null ? null : Long.valueOf(head.revision()), out);
    }

    private static void number(@Nullable Long number, JsonOut out) {
        if (number == null) {
            out.none();
        } else {
            out.number(number);
        }
    }

    private void tell(Verification done) {
        say(Messages.count(done.rows(), "row") + ", " + Messages.count(done.hours(), "hour") + ": "
                + (done.hours() - done.compared()) + " right by digest, " + done.compared() + " compared row by row. "
                + List.of(Kind.MISSING, Kind.OLD, Kind.SUPERSEDED, Kind.UNKNOWN).stream()
                        .map(kind -> done.count(kind) + " " + kind.word())
                        .collect(Collectors.joining(", "))
                + ".");
        if (!done.changing().isEmpty()) {
            say("still changing, so look again later: " + Messages.count(done.count(Kind.CHANGING), "call")
                    + " of the hours "
                    + done.changing().stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (done.changing().size() > MOST_NAMED ? ", …" : "") + ".");
        }
        if (done.count(Kind.EXPIRED) > 0 || done.expiredHours() > 0) {
            say(Messages.count(done.count(Kind.EXPIRED), "row")
                    + " of a time of which the topic keeps no records. The digest" + " of the window differs in "
                    + Messages.count(done.expiredHours(), "hour") + " with such rows.");
        }
        if (done.excluded() > 0) {
            say(Messages.count(done.excluded(), "call") + " left out by privacy.exclude.");
        }
    }
}

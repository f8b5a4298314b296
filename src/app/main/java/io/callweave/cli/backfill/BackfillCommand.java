package io.callweave.cli.backfill;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.audit.CallTopic;
import io.callweave.bridge.backfill.Backfill;
import io.callweave.bridge.backfill.Backfill.Fate;
import io.callweave.bridge.backfill.BackfillTimes;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.PeriodOptions;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.role.BridgeSettings;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.cli.role.PrivacySettings;
import io.callweave.cli.role.RingCentralSettings;
import io.callweave.cli.role.SinkSettings;
import io.callweave.export.ExportPeriod;
import io.callweave.feedgap.FeedGapJson;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code backfill}: calls of an outage from RingCentral's Call Log. */
@Command(
        name = "backfill",
        description = {
            "Bring calls that were not seen from RingCentral's Call Log.",
            "Calls that were seen whole, and closed calls, stay as they are. Needs the permission ReadCallLog, and can be"
                    + " repeated. Without --from, the known gaps of the account are brought, with the hour before each."
        },
        footer = {
            "",
            "Examples:",
            "  callweave backfill --account 809646016 --from 2026-11-29T08:00Z --to 2026-11-29T09:00Z \\",
            "      --bootstrap-servers=kafka-1:9092",
            "  callweave backfill --dry-run --bootstrap-servers=kafka-1:9092"
        })
public final class BackfillCommand extends ClusterCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--dry-run", description = "Write nothing, and say what would be written.")
    private boolean dryRun;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    public BackfillCommand() {
        super(
                KnownSettings.BRIDGE_ACCOUNTS_FILE,
                KnownSettings.RINGCENTRAL_SERVER,
                KnownSettings.RINGCENTRAL_CLIENT_ID);
    }

    /** An account whose log can be read. */
    private record Source(Client client, Privacy privacy) {}

    @Override
    protected int onCluster(Settings settings) {
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        ExportPeriod asked = period.period(settings);
        if (asked.from() == ExportPeriod.ALL.from() && asked.to() != ExportPeriod.ALL.to()) {
            throw wrong("Say with --from when the period begins, such as --from 2026-11-01.");
        }
        ClusterSettings.needTopics(
                settings, List.of(Topic.NOTIFICATIONS.name(prefix), Topic.CALLS.name(prefix)), messages());
        TopicReader topics = new TopicReader(settings.kafkaClientOptions(), PATIENCE);
        try (KafkaSink sink = new KafkaSink(
                KafkaSinkSettings.of(settings.kafkaClientOptions(), SinkSettings.partitions(settings, prefix)))) {
            Intake ours = new Intake(
                    BridgeSettings.rules(settings).takingOurs(), sink, IntakeListener.NONE, InstantSource.system());
            Backfill backfill = new Backfill(topics, prefix, ours, BackfillTimes.of(settings), InstantSource.system());
            for (Map.Entry<String, Source> each : sources(settings).entrySet()) {
                for (FeedGapJson.Span part : parts(asked, each.getKey(), topics, prefix)) {
                    bring(backfill, each.getValue(), part);
                }
            }
            return ExitStatus.DONE;
        } catch (RingCentralException e) {
            say(String.valueOf(e.getMessage()));
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.FAILED;
        }
    }

    /** The accounts that are asked for. */
    private Map<String, Source> sources(Settings settings) {
        String account = period.account();
        Server server = RingCentralSettings.server(settings, Patience.OF_SERVERS);
        Map<String, Source> sources = new TreeMap<>();
        for (Account each : RingCentralSettings.checkedAccounts(settings)) {
            Connection connection = each.connection();
            if (connection != null && (account == null || account.equals(each.id()))) {
                sources.put(each.id(), new Source(client(server, connection), each.privacy()));
            }
        }
        if (sources.isEmpty()) {
            Client client = client(server, RingCentralSettings.needOwnConnection(settings, null));
            sources.put(
                    account == null ? client.accountId() : account,
                    new Source(client, PrivacySettings.ofOthers(settings)));
        }
        return sources;
    }

    private static Client client(Server server, Connection connection) {
        return new Client(server, connection.credentials(), InstantSource.system());
    }

    private List<FeedGapJson.Span> parts(ExportPeriod asked, String account, TopicReader topics, String prefix) {
        if (asked.from() != ExportPeriod.ALL.from()) {
            return List.of(
                    new FeedGapJson.Span(account, asked.from(), Math.min(asked.to(), System.currentTimeMillis())));
        }
        List<FeedGapJson.Span> gaps = new CallTopic(topics, prefix)
                .gaps().stream()
                        .filter(gap -> gap.accountId().equals(account))
                        .map(Backfill::period)
                        .toList();
        if (gaps.isEmpty()) {
            say(account + ": no gap is known; name a period with --from and --to.");
        }
        return gaps;
    }

    private void bring(Backfill backfill, Source source, FeedGapJson.Span part) throws InterruptedException {
        String account = part.accountId();
        String name = account + ", " + Timestamps.iso(part.from()) + " to " + Timestamps.iso(part.to()) + ": ";
        say(name + "reading the Call Log, some " + LogProgress.RECORDS_A_MINUTE
                + " records a minute: RingCentral allows 10 requests of 1,000, shared with the bridge.");
        ProgressLine line = ProgressLine.to(messages());
        LogProgress progress = new LogProgress(part);
        Backfill.Result result;
        long began = System.nanoTime();
        try {
            CallLogReader log = new CallLogReader(source.client(), account, Pause.REAL, InstantSource.system());
            result = backfill.bring(Owner.anybody(named -> source.privacy()), part, log, !dryRun, entry -> {
                progress.take(entry);
                if (progress.read() == CallLogReader.RECORDS_PER_REQUEST) {
                    line.clear();
                    say(name + progress);
                }
                line.say(name + progress);
            });
        } finally {
            line.clear();
        }
        say(name + Messages.count(Math.toIntExact(result.of(Fate.WRITTEN)), "log record")
                + (dryRun ? " would go" : " go")
                + " to calls. " + result.of(Fate.WHOLE) + " are of calls that were seen whole, "
                + result.of(Fate.KNOWN) + " are known, " + (result.of(Fate.RUNNING) + result.of(Fate.SETTLING))
                + " have not settled.");
        long closed = result.of(Fate.CLOSED);
        if (closed > 0) {
            say(name + closed + " are of closed calls, which stay as they are.");
        }
        say(name + result.requests() + " requests took "
                + Lengths.exact(Duration.ofNanos(System.nanoTime() - began).toMillis()) + ".");
    }
}

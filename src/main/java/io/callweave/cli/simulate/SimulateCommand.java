package io.callweave.cli.simulate;

import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Interruption;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.WebhookOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.role.CallSettings;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.directory.DirectoryCsv;
import io.callweave.sending.BridgePosts;
import io.callweave.sending.Delivered;
import io.callweave.sending.Destination;
import io.callweave.sending.Lines;
import io.callweave.sending.Pacing;
import io.callweave.sending.Sender;
import io.callweave.sending.TopicRecords;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.Source;
import io.callweave.settings.value.Durations;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.QueueMix;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.truth.CallTruth;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code simulate}: the notifications of contact centres that do not exist. */
@Command(
        name = "simulate",
        description = {
            "Make the notifications of contact centres out of a seed, and tell what their calls really were.",
            "They go to stdout, a file, a bridge (--url) or the topic notifications (--bootstrap-servers)."
        },
        footer = {
            "",
            "Examples:",
            "  callweave simulate --seats 200 --for 1h --truth truth.ndjson > hour.ndjson",
            "  callweave simulate --deliver shuffled=5s,duplicated=5%%,dropped=1%% --out bad.ndjson",
            "  callweave simulate --from now --speed 1 --for 10m --token secret \\",
            "      --url http://127.0.0.1:8081/webhooks/400001001",
            "  callweave simulate --accounts 50 --rate 500 --for 8h --bootstrap-servers=kafka-1:9092"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final String NOW = "now";

    @Option(names = "--seats", paramLabel = "N", defaultValue = "20", description = "Agents in each centre (20).")
    private int seats;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1",
            description = "Contact centres, each an account of its own (1).")
    private int accounts;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides everything: the same seed and size give the same bytes (1).")
    private long seed;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            defaultValue = "2026-03-02T09:00:00Z",
            description = "When the first call may begin: ISO-8601 with zone, or now (2026-03-02T09:00:00Z, a Monday).")
    private String from = "";

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "The period in which calls begin, such as 30m or 24h (1h); each runs to its end.")
    private String span = "";

    @Option(names = "--speed", paramLabel = "X", description = "So many times as fast as life; 1 is real time.")
    private @Nullable Double speed;

    @Option(names = "--rate", paramLabel = "N", description = "So many notifications a second.")
    private @Nullable Double rate;

    @Option(
            names = "--deliver",
            paramLabel = "FAULTS",
            description = "How badly they arrive, such as shuffled=5s,duplicated=5%%,dropped=1%%,late=0.1%%.")
    private @Nullable String deliver;

    @Option(
            names = "--queues",
            paramLabel = "MIX",
            description =
                    "How RingCentral shows call queues, as shares of calls, such as members=60,answered=40 (all forms).")
    private @Nullable String queues;

    @Option(names = "--out", paramLabel = "OUT", description = "Write the notifications to this file.")
    private @Nullable Path out;

    @Mixin
    private WebhookOptions webhook = new WebhookOptions();

    @Option(
            names = "--truth",
            paramLabel = "OUT",
            description =
                    "Write the calls as they really were to this file, one a line, each after its last notification.")
    private @Nullable Path truth;

    @Option(
            names = "--directory",
            paramLabel = "OUT",
            description = "Write who has which extension to this file, as CSV for \"directory load\".")
    private @Nullable Path directory;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = settingsOptions.load(System.getenv());
        boolean topic = settings.effective().stream()
                .anyMatch(one ->
                        one.name().equals(KnownSettings.BOOTSTRAP_SERVERS.name()) && one.source() == Source.FLAG);
        checkOptions(topic);
        Traffic traffic = WrongUsage.checked(
                spec,
                () -> new Traffic(
                        new CentreSize(seed, accounts, seats, start(), duration())
                                .with(queues == null ? QueueMix.DEFAULT : QueueMix.parse(queues)),
                        deliver == null ? DeliveryFaults.NONE : DeliveryFaults.parse(deliver)));
        Pacing pacing = pacing();
        Map<String, @Nullable Path> outputs = new LinkedHashMap<>();
        outputs.put("--out", out);
        outputs.put("--truth", truth);
        outputs.put("--directory", directory);
        Output.check(List.of(), outputs);
        if (directory != null) {
            try (Writer csv = new OutputStreamWriter(Output.to(directory), StandardCharsets.UTF_8)) {
                DirectoryCsv.write(SimulatedDirectory.of(traffic), csv);
            }
        }
        try (Interruption interruption = Interruption.ofThisThread();
                Destination destination = destination(settings, topic);
                OutputStream truths = truth == null ? OutputStream.nullOutputStream() : Output.to(truth)) {
            Sender sender = new Sender(destination, pacing, Clock.systemUTC());
            long calls = send(traffic, sender, truths, interruption);
            return report(sender.sent(), calls, destination.finish());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns how many calls were sent to their end. */
    private long send(Traffic traffic, Sender sender, OutputStream truths, Interruption interruption)
            throws IOException {
        ProgressLine progress = ProgressLine.to(Messages.to(spec));
        long calls = 0;
        while (traffic.hasNext() && !interruption.requested()) {
            Traffic.Item item = traffic.next();
            Notification notification = item.notification();
            if (notification != null && !sent(sender, item.time(), notification)) {
                break;
            }
            progress.count("notifications sent");
            for (CallTruth call : item.told()) {
                truths.write(call.json().getBytes(StandardCharsets.UTF_8));
                truths.write('\n');
                calls++;
            }
        }
        progress.clear();
        return calls;
    }

    /** False if somebody wants it to end. */
    private static boolean sent(Sender sender, Instant time, Notification notification) {
        try {
            sender.send(time, notification.bytes());
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private int report(long sent, long calls, Delivered delivered) {
        String answers = delivered.inWords();
        Messages.to(spec)
                .println("callweave: " + sent + " notifications, " + calls + " finished calls"
                        + (answers.isEmpty() ? "." : "; " + answers + "."));
        return delivered.taken() == sent ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private Destination destination(Settings settings, boolean topic) {
        URI url = webhook.url();
        if (url != null) {
            return new BridgePosts(url, webhook.token());
        }
        if (topic) {
            ClusterSettings.connect(settings).close();
            return new TopicRecords(
                    KafkaSinkSettings.of(settings.get(KnownSettings.BOOTSTRAP_SERVERS))
                            .withProducer(settings.kafkaClientOptions()),
                    IntakeRules.of(
                            settings.get(KnownSettings.TOPICS_PREFIX), CallSettings.maxNotificationBytes(settings)),
                    Owner.ANYBODY,
                    "simulate",
                    Clock.systemUTC(),
                    false);
        }
        return new Lines(Output.stdoutOr(out));
    }

    private void checkOptions(boolean topic) {
        int destinations = (out == null ? 0 : 1) + (webhook.url() == null ? 0 : 1) + (topic ? 1 : 0);
        if (destinations > 1) {
            throw WrongUsage.of(spec, "Name one of --out, --url and --bootstrap-servers.");
        }
        webhook.check(spec);
        if (speed != null && rate != null) {
            throw WrongUsage.of(spec, "--speed and --rate exclude each other.");
        }
    }

    private Pacing pacing() {
        if (speed != null) {
            return new Pacing.Speed(positive("--speed", speed));
        }
        return rate == null ? new Pacing.Full() : new Pacing.Rate(positive("--rate", rate));
    }

    private double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw WrongUsage.of(spec, option + " is " + value + "; it must be more than 0.");
        }
        return value;
    }

    private Instant start() {
        try {
            Instant time = from.equals(NOW)
                    ? Instant.now()
                    : OffsetDateTime.parse(from).toInstant();
            return time.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            throw WrongUsage.of(spec, "--from is \"" + from + "\"; it must be like 2026-03-02T09:00Z, or now.");
        }
    }

    private Duration duration() {
        return Durations.parse(span)
                .orElseThrow(() -> WrongUsage.of(spec, "--for is \"" + span + "\"; it must be like 10m or 24h."));
    }
}

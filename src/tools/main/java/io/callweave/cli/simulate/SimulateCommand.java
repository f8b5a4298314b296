package io.callweave.cli.simulate;

import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.common.WebhookOptions;
import io.callweave.cli.role.BridgeSettings;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.cli.role.SinkSettings;
import io.callweave.directory.DirectoryCsv;
import io.callweave.platform.PlatformServer;
import io.callweave.runtime.StopSignal;
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
import io.callweave.simulation.Traffic;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code simulate}: the notifications of contact centres that do not exist. */
@Command(
        name = "simulate",
        description = {
            "Make the notifications of contact centres out of a seed, and tell what their calls really were.",
            "They go to stdout, a file, a bridge (--url), the topic notifications (--bootstrap-servers), or to the"
                    + " subscriptions of a server that behaves like RingCentral (--platform)."
        },
        footer = {
            "",
            "Examples:",
            "  callweave simulate --seats 200 --for 1h --truth truth.ndjson > hour.ndjson",
            "  callweave simulate --deliver shuffled=5s,duplicated=5%%,dropped=1%% --out bad.ndjson",
            "  callweave simulate --from now --speed 1 --for 10m --token secret \\",
            "      --url http://127.0.0.1:8081/webhooks/400001001",
            "  callweave simulate --accounts 50 --rate 500 --for 8h --bootstrap-servers=kafka-1:9092",
            "  callweave simulate --platform --for 10m --truth truth.ndjson"
        })
public final class SimulateCommand extends SettingsCommand {

    @Mixin
    private TrafficFlags calls = new TrafficFlags();

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "So many times as fast as life; 1 is real time, as with --platform.")
    private @Nullable Double speed;

    @Option(names = "--rate", paramLabel = "N", description = "So many notifications a second.")
    private @Nullable Double rate;

    @Option(names = "--out", paramLabel = "OUT", description = "Write the notifications to this file.")
    private @Nullable Path out;

    @Mixin
    private WebhookOptions webhook = new WebhookOptions();

    @Mixin
    private PlatformFlags platform = new PlatformFlags();

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

    @Override
    protected int run(Settings settings) throws IOException {
        boolean topic = settings.effective().stream()
                .anyMatch(one ->
                        one.name().equals(KnownSettings.BOOTSTRAP_SERVERS.name()) && one.source() == Source.FLAG);
        checkOptions(topic);
        Traffic traffic = calls.traffic(spec(), platform.areGiven());
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
        try (StopSignal stop = StopSignal.interruptsThisThread();
                Destination destination = destination(settings, topic, traffic);
                OutputStream truths = truth == null ? OutputStream.nullOutputStream() : Output.to(truth)) {
            Sender sender = new Sender(destination, pacing, Clock.systemUTC());
            PlatformDestination served = destination instanceof PlatformDestination one ? one : null;
            if (served != null && served.awaitSubscriptions(platform.subscriptions(), messages())) {
                traffic = calls.traffic(spec(), true);
            }
            long told = send(traffic, sender, truths, served, stop);
            if (served != null && !stop.requested()) {
                served.serveOn(messages());
            }
            return report(sender.sent(), told, destination.finish());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns how many calls were sent to their end. */
    private long send(
            Traffic traffic, Sender sender, OutputStream truths, @Nullable PlatformDestination served, StopSignal stop)
            throws IOException {
        ProgressLine progress = ProgressLine.to(messages());
        long told = 0;
        while (traffic.hasNext() && !stop.requested()) {
            Traffic.Item item = traffic.next();
            Notification notification = item.notification();
            if (notification != null && !sent(sender, item.time(), notification)) {
                break;
            }
            progress.count("notifications sent");
            for (CallTruth call : item.told()) {
                if (served != null && !served.ended(call)) {
                    continue;
                }
                truths.write(call.json().getBytes(StandardCharsets.UTF_8));
                truths.write('\n');
                told++;
            }
            if (served != null) {
                truths.flush();
            }
        }
        progress.clear();
        return told;
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
        say(sent + " notifications, " + calls + " finished calls" + (answers.isEmpty() ? "." : "; " + answers + "."));
        return delivered.taken() == sent ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private Destination destination(Settings settings, boolean topic, Traffic traffic) {
        if (platform.areGiven()) {
            PlatformServer served = PlatformServer.start(
                    platform.options(spec(), traffic.accounts(), calls.faults(spec()), calls.seed()),
                    Clock.systemUTC());
            SimulatedDirectory.fill(served.directory(), traffic);
            return new PlatformDestination(served);
        }
        URI url = webhook.url();
        if (url != null) {
            return new BridgePosts(url, webhook.token());
        }
        if (topic) {
            ClusterSettings.connect(settings).close();
            String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
            return new TopicRecords(
                    KafkaSinkSettings.of(settings.kafkaClientOptions(), SinkSettings.partitions(settings, prefix)),
                    IntakeRules.of(prefix, BridgeSettings.maxNotificationBytes(settings))
                            .takingOurs(),
                    Owner.ANYBODY,
                    "simulate",
                    Clock.systemUTC(),
                    false);
        }
        return new Lines(Output.stdoutOr(out));
    }

    private void checkOptions(boolean topic) {
        int destinations = (out == null ? 0 : 1)
                + (webhook.url() == null ? 0 : 1)
                + (topic ? 1 : 0)
                + (platform.areGiven() ? 1 : 0);
        if (destinations > 1) {
            throw wrong("Name one of --out, --url, --bootstrap-servers and --platform.");
        }
        webhook.check(spec());
        if (speed != null && rate != null) {
            throw wrong("--speed and --rate exclude each other.");
        }
    }

    private Pacing pacing() {
        if (speed != null) {
            return new Pacing.Speed(positive("--speed", speed));
        }
        if (rate != null) {
            return new Pacing.Rate(positive("--rate", rate));
        }
        if (!platform.areGiven()) {
            return new Pacing.Full();
        }
        return calls.isFromNow() ? new Pacing.Live() : new Pacing.Speed(1);
    }

    private double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw wrong(option + " is " + value + "; it must be more than 0.");
        }
        return value;
    }
}

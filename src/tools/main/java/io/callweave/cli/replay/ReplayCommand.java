package io.callweave.cli.replay;

import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.TimestampSource;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.common.TopicOptions;
import io.callweave.cli.common.WebhookOptions;
import io.callweave.cli.role.BridgeSettings;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.cli.role.PrivacySettings;
import io.callweave.cli.role.SinkSettings;
import io.callweave.files.LocalException;
import io.callweave.replay.FileRecording;
import io.callweave.replay.Replay;
import io.callweave.replay.ReplaySource;
import io.callweave.replay.ReplayState;
import io.callweave.replay.ReplayStateFile;
import io.callweave.replay.TopicRecording;
import io.callweave.runtime.StopSignal;
import io.callweave.runtime.startup.Cluster;
import io.callweave.sending.BridgePosts;
import io.callweave.sending.Destination;
import io.callweave.sending.Pacing;
import io.callweave.sending.TopicRecords;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code replay}: recorded notifications once more, to a bridge or to topics of another prefix. */
@Command(
        name = "replay",
        description =
                "Send recorded notifications once more.%nFiles, or a topic of notifications, go to a bridge or to topics"
                        + " of another prefix. What is replayed belongs under a prefix of its own.",
        footer = {
            "",
            "Examples:",
            "  callweave replay monday.ndjson --url http://127.0.0.1:8081/webhooks/809646016 --token secret",
            "  callweave replay monday.ndjson --url http://127.0.0.1:8081/webhooks/809646016 --speed 10",
            "  callweave replay --from-topic callweave.notifications --bootstrap-servers=kafka-1:9092 \\",
            "      --to-prefix again. --recorded-time --resume again.json"
        })
public final class ReplayCommand extends SettingsCommand {

    private static final String RECORDED = "recorded";
    private static final String FULL = "full";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double NS_PER_S = 1e9;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--from-topic",
            paramLabel = "TOPIC",
            description = "Replay what is on this topic now, instead of files.")
    private @Nullable String fromTopic;

    @Mixin
    private WebhookOptions webhook = new WebhookOptions();

    @Option(
            names = "--to-prefix",
            paramLabel = "PREFIX",
            description = "Put them on the topic notifications with this prefix, which is made where it is missing.")
    private @Nullable String toPrefix;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of topics that are made (" + Topic.DEFAULT_PARTITIONS + ").")
    private int partitions = Topic.DEFAULT_PARTITIONS;

    @Option(
            names = "--recorded-time",
            description = "Keep the recorded times as times of receipt, on topics with CreateTime.")
    private boolean recordedTime;

    @Option(names = "--even-if-used", description = "Replay to topics that have notifications already.")
    private boolean evenIfUsed;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = FULL,
            description = "full (as fast as they are taken), recorded, or so many times as fast as recorded (full).")
    private String speed = FULL;

    @Option(names = "--rate", paramLabel = "N", description = "So many notifications a second.")
    private @Nullable Double rate;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Remember in this file what has arrived, and go on there if it exists.")
    private @Nullable Path resume;

    @Override
    protected int run(Settings settings) {
        Pacing pacing = checkOptions();
        ClusterCommand.quietenKafka();
        Output.check(files, Collections.singletonMap("--resume", resume));
        ReplaySource recording = recording(settings);
        ReplayState begin = begin(recording, target(settings));
        try (StopSignal stop = StopSignal.interruptsThisThread();
                Destination destination = destination(settings, begin.sent() > 0)) {
            return replay(recording, destination, pacing, begin, stop);
        }
    }

    private int replay(
            ReplaySource recording, Destination destination, Pacing pacing, ReplayState begin, StopSignal stop) {
        ProgressLine progress = ProgressLine.to(messages());
        long size = recording.size();
        long started = System.nanoTime();
        Path file = resume;
        ReplayStateFile memory = file == null ? null : new ReplayStateFile(file);
        Replay replay = new Replay(
                recording,
                destination,
                pacing,
                begin,
                state -> {
                    if (memory != null) {
                        memory.write(state);
                    }
                },
                (sent, done) -> progress.bar(done, size, sent + " notifications, " + perSecond(sent, started) + "/s"));
        Replay.Result result = replay.run();
        progress.clear();
        report(result, started);
        boolean taken = result.delivered().taken() == result.sent();
        return taken && result.whole() && !stop.requested() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void report(Replay.Result result, long started) {
        PrintWriter messages = messages();
        String answers = result.delivered().inWords();
        messages.println(String.format(
                Locale.ROOT,
                "callweave: %d notifications replayed in %.1f s, %s/s; %s%d taken.",
                result.sent(),
                (System.nanoTime() - started) / NS_PER_S,
                perSecond(result.sent(), started),
                answers.isEmpty() ? "" : answers + "; ",
                result.delivered().taken()));
        if (!result.whole()) {
            say("it was stopped before the end; "
                    + (resume == null
                            ? "with --resume FILE it could go on where it was."
                            : "the same command goes on where it was."));
        }
    }

    private static String perSecond(long sent, long started) {
        return Long.toString(Math.round(sent / Math.max(1e-3, (System.nanoTime() - started) / NS_PER_S)));
    }

    /** Where to go on. */
    private ReplayState begin(ReplaySource recording, String target) {
        ReplayState fresh = ReplayState.begin(recording, target);
        Path file = resume;
        ReplayState state =
                file == null ? fresh : new ReplayStateFile(file).read().orElse(fresh);
        if (!state.recording().equals(fresh.recording()) || !state.target().equals(target)) {
            throw new LocalException(
                    "The file " + file + " remembers a replay of " + String.join(" ", state.recording()) + " to "
                            + state.target() + "; give the same ones again, or name another file with --resume.");
        }
        if (state.underway()) {
            say("the replay before did not end in order: up to " + Replay.BETWEEN_CHECKPOINTS
                    + " notifications after the first " + state.sent()
                    + " may have been taken, and go out once more; such duplicates change no call.");
        }
        return state;
    }

    private ReplaySource recording(Settings settings) {
        if (fromTopic != null) {
            return new TopicRecording(
                    new TopicReader(settings.kafkaClientOptions(), PATIENCE),
                    settings.get(KnownSettings.BOOTSTRAP_SERVERS),
                    fromTopic);
        }
        return new FileRecording(files, System.in, BridgeSettings.maxNotificationBytes(settings));
    }

    private String target(Settings settings) {
        URI url = webhook.url();
        return url != null ? BridgePosts.shown(url) : settings.get(KnownSettings.BOOTSTRAP_SERVERS) + " " + toPrefix;
    }

    private Destination destination(Settings settings, boolean goesOn) {
        URI url = webhook.url();
        if (url != null) {
            return BridgePosts.patient(url, webhook.token());
        }
        String prefix = String.valueOf(toPrefix);
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            new ReplayTopics(settings, prefix, partitions, recordedTime)
                    .prepare(cluster, goesOn || evenIfUsed, messages());
        }
        return new TopicRecords(
                KafkaSinkSettings.of(settings.kafkaClientOptions(), SinkSettings.partitions(settings, prefix)),
                new IntakeRules(
                        prefix,
                        BridgeSettings.maxNotificationBytes(settings),
                        PrivacySettings.key(settings),
                        TimestampSource.RECEIVED,
                        settings.get(KnownSettings.ARTIFACTS_INSIGHTS),
                        true),
                // What is on a topic went through an intake before; masked or hashed twice it would be another number.
                fromTopic == null ? Owner.anybody(PrivacySettings.byAccount(settings)) : Owner.ANYBODY,
                "replay",
                Clock.systemUTC(),
                recordedTime);
    }

    private Pacing checkOptions() {
        if (files.isEmpty() == (fromTopic == null)) {
            throw wrong("Name files to replay, or a topic with --from-topic.");
        }
        URI url = webhook.url();
        if ((url == null) == (toPrefix == null)) {
            throw wrong(
                    url == null
                            ? "Say where they go: --url for a bridge, or --to-prefix for topics."
                            : "--url and --to-prefix exclude each other; give only one of them.");
        }
        webhook.check(spec());
        if (url != null && (recordedTime || evenIfUsed)) {
            throw wrong("--recorded-time and --even-if-used belong to --to-prefix; a bridge tells the time itself.");
        }
        if (toPrefix != null && !toPrefix.matches("[A-Za-z0-9._-]{0,100}")) {
            throw wrong("--to-prefix is \"" + toPrefix
                    + "\"; it must be at most 100 letters, digits, dots, underscores or hyphens.");
        }
        if (toPrefix != null && Topic.NOTIFICATIONS.name(toPrefix).equals(fromTopic)) {
            throw wrong("--to-prefix is that of " + fromTopic + " itself; name another one.");
        }
        if (resume != null && files.contains("-")) {
            throw wrong("--resume needs files that can be read again, and - cannot.");
        }
        TopicOptions.checkPartitions(spec(), partitions);
        return pacing();
    }

    private Pacing pacing() {
        if (rate != null) {
            if (!speed.equals(FULL)) {
                throw wrong("--speed and --rate exclude each other.");
            }
            return new Pacing.Rate(positive("--rate", rate.toString()));
        }
        return switch (speed) {
            case FULL -> new Pacing.Full();
            case RECORDED -> new Pacing.Speed(1);
            default -> new Pacing.Speed(positive("--speed", speed));
        };
    }

    private double positive(String option, String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The same sentence.
        }
        throw wrong(option + " is \"" + text + "\"; it must be more than 0, such as 10"
                + (option.equals("--speed") ? ", or recorded, or full." : "."));
    }
}

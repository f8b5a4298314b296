package io.callweave.cli.demo;

import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.simulate.SimulatedDirectory;
import io.callweave.cli.whole.ConsoleBeside;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.cli.whole.PostedCalls;
import io.callweave.cli.whole.WholeCommand;
import io.callweave.console.api.ExampleCall;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.demo.CallsWatch;
import io.callweave.demo.DemoTraffic;
import io.callweave.demo.Ink;
import io.callweave.demo.SampleCalls;
import io.callweave.demo.ShownCalls;
import io.callweave.directory.DirectoryChanges;
import io.callweave.runtime.StopSignal;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}: the whole product in this process, with traffic, so that it can be seen at work. */
@Command(
        name = "demo",
        description =
                "See it work: the whole product in one process.%nA Kafka broker, the bridge over HTTP and the topology, fed with"
                        + " three real calls and then with a simulated contact centre, in real time. Each call that is"
                        + " over is a line, one every few seconds. Ctrl-C ends it.",
        footer = {
            "",
            "Examples:",
            "  callweave demo",
            "  callweave demo --for 30s --calls calls.ndjson",
            "  callweave demo --seats 200 --speed 3",
            "  callweave demo --kafka-port 9092 --bridge-port 8081 --http-port 8080 --data-dir demo-data"
        })
public final class DemoCommand extends WholeCommand {

    /** In real time, the contact centre opened so long ago that as many calls go on as will. */
    private static final Duration OPEN_FOR = Duration.ofMinutes(40);

    /** With a speed, the simulated clock starts in the past: it runs faster than ours, and calls of the future look wrong. */
    private static final Duration HEAD_START = Duration.ofHours(1);

    /** At speed 1: slow enough to read, fast enough to watch. */
    private static final double MILLIS_BETWEEN_CALLS = 1_500;

    /** Not the default: another {@code streams} on this cluster would join the group and take over its work. */
    private static final String APPLICATION_ID = "callweave-demo";

    private static final int FASTEST = 1_000;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "Not in real time: at 1 a call ends every second or two, at 10 ten times as many. The"
                    + " simulated clock starts an hour ago and passes faster than real time.")
    private @Nullable Double speed;

    @Option(
            names = "--seats",
            paramLabel = "N",
            defaultValue = "200",
            description = "Agents in the contact centre (200).")
    private int seats;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides what the simulated calls are like; another one each time if it is not given.")
    private @Nullable Long seed;

    @Option(
            names = "--deliver",
            paramLabel = "FAULTS",
            defaultValue = "shuffled=1s,duplicated=5%,dropped=0.1%",
            description = "How badly the notifications arrive (shuffled=1s,duplicated=5%%,dropped=0.1%%); none: well.")
    private String deliver = "";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep the data here; else they are in a temporary directory that is deleted in the end.")
    private @Nullable Path dataDirectory;

    @Override
    protected int run(Settings given) throws IOException, InterruptedException {
        Duration duration = checkCommonOptions();
        if (speed != null && (!(speed > 0) || speed > FASTEST)) {
            throw wrong("--speed is " + speed + "; it must be more than 0, and at most " + FASTEST + ".");
        }
        TopicPlan.need(given, Topic.LIVE_CALLS, "demo: it counts the calls that go on");
        long seedInUse = seed == null ? System.currentTimeMillis() : seed;
        Instant opened = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(speed == null ? OPEN_FOR : HEAD_START);
        Traffic traffic = WrongUsage.checked(
                spec(),
                () -> new Traffic(
                        new CentreSize(seedInUse, 1, seats, opened, WITHOUT_END, true), DeliveryFaults.parse(deliver)));
        // Before anything logs: logback.xml reads them.
        System.setProperty("callweave.kafka-log-level", "OFF");
        System.setProperty("callweave.log-level", "WARN");
        ProgressLine progress = ProgressLine.to(messages());
        String token = UUID.randomUUID().toString();
        try (StopSignal stop = StopSignal.heed();
                DemoDirectory directory = DemoDirectory.of(dataDirectory);
                OutputStream records = records();
                EmbeddedStack product = EmbeddedStack.start(
                        given, ownSettings(traffic, token), directory.path(), kafkaPort(), progress::say);
                CallsWatch watch = new CallsWatch(
                        product.bootstrapServers(),
                        product.settings().get(KnownSettings.TOPICS_PREFIX),
                        product.started())) {
            describe(product, traffic);
            progress.clear();
            DemoGuide guide = new DemoGuide(product, directory, token);
            String console = ConsoleBeside.start(product, directory.path(), realCalls());
            guide.print(messages(), console, !watch.hasEarlierCalls());
            say(seats + " seats, --seed " + seedInUse + "; Ctrl-C ends it.");
            var unused = product.topology().awaitRunning();
            PostedCalls posted = postTo(product, directory.path(), WaitFor.NOTHING);
            try (DemoTraffic sent = send(guide, token, traffic, opened)) {
                ShownCalls shown = new ShownCalls(watch, records, stdout(), progress::clear, new Ink(isColored()));
                return new DemoShow(product, watch, sent, shown, posted, messages(), progress).run(stop, duration);
            }
        }
    }

    private static List<ExampleCall> realCalls() {
        return SampleCalls.WORDS.entrySet().stream()
                .map(call -> new ExampleCall(SampleCalls.ACCOUNT, call.getKey(), call.getValue()))
                .toList();
    }

    private DemoTraffic send(DemoGuide guide, String token, Traffic traffic, Instant opened) {
        return speed == null
                ? DemoTraffic.live(guide::webhook, token, traffic)
                : DemoTraffic.even(guide::webhook, token, traffic, opened, Duration.ofMillis((long)
                        (MILLIS_BETWEEN_CALLS / speed)));
    }

    /** Rows and windows shall have names. */
    private static void describe(EmbeddedStack product, Traffic traffic) {
        new DirectoryTopic(
                        Map.of(KnownSettings.BOOTSTRAP_SERVERS.name(), product.bootstrapServers()),
                        Topic.DIRECTORY.name(product.settings().get(KnownSettings.TOPICS_PREFIX)))
                .write(DirectoryChanges.between(Map.of(), Set.of(), SimulatedDirectory.of(traffic), false));
    }

    /** Settings that users cannot change. The bridge accepts these accounts only. */
    private static Map<String, String> ownSettings(Traffic traffic, String token) {
        List<String> ids = new ArrayList<>(List.of(SampleCalls.ACCOUNT));
        ids.addAll(traffic.accounts());
        return Map.of(
                KnownSettings.APPLICATION_ID.name(),
                APPLICATION_ID,
                KnownSettings.BRIDGE_ACCOUNTS.name(),
                String.join(",", ids),
                KnownSettings.BRIDGE_ACCOUNT_TOKENS.name(),
                ids.stream().map(id -> id + "=" + token).collect(Collectors.joining(",")));
    }
}

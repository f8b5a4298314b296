package io.callweave.cli.bench;

import io.callweave.bench.BridgeBench;
import io.callweave.bench.WebhookPosts;
import io.callweave.bench.figures.Delays;
import io.callweave.bench.throughput.BenchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench bridge}: how long a webhook waits for its answer. */
@Command(
        name = "bridge",
        description = {
            "Measure how long webhooks wait for an answer, at a fixed rate, from the moment when each was due.",
            "Bridge and broker run in this process; then the broker goes away."
        },
        footer = {"", "Examples:", "  callweave bench bridge --rate 5000"})
final class BenchBridgeCommand extends BenchBase {

    private static final String WAY = "over HTTP, with bridge, broker and sender in one process";

    @Option(names = "--rate", paramLabel = "N", defaultValue = "2000", description = "Notifications a second (2000).")
    private int rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "60",
            description = "Seconds before the measurement (60).")
    private int warmUp;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "Length of each phase (20).")
    private int seconds;

    @Override
    Bench bench() {
        BenchOptions.check("--rate", rate, 1, 100_000);
        BenchOptions.check("--warm-up", warmUp, 1, 86_400);
        BenchOptions.check("--seconds", seconds, 1, 86_400);
        return directory -> {
            List<BridgeBench.Phase> phases;
            try (BridgeWithBroker bridge = new BridgeWithBroker(directory);
                    WebhookPosts posts =
                            new WebhookPosts(bridge.url(), BridgeWithBroker.TOKEN, BridgeWithBroker.ACCOUNT)) {
                phases = new BridgeBench(rate, posts, this::progress)
                        .run(
                                Duration.ofSeconds(warmUp),
                                Duration.ofSeconds(seconds),
                                bridge::checkKept,
                                bridge::stopBroker);
            }
            report(phases);
        };
    }

    private void report(List<BridgeBench.Phase> phases) {
        List<Map<String, Object>> json = new ArrayList<>();
        for (BridgeBench.Phase phase : phases) {
            Delays delays = phase.latency();
            json.add(Map.of(
                    "name", phase.name(),
                    "keptPerSecond", phase.perSecond(),
                    "refused", phase.refused(),
                    "failed", phase.failed(),
                    "number", delays.number(),
                    "p50Ms", delays.p50Ms(),
                    "p99Ms", delays.p99Ms(),
                    "p999Ms", delays.p999Ms(),
                    "longestMs", delays.longestMs()));
        }
        report(Map.of(
                "phases", json, "input", Map.of("perSecond", rate, "warmUp", warmUp, "seconds", seconds, "way", WAY)));
    }
}

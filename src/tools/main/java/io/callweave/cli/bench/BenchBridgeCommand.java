package io.callweave.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.BridgeBench;
import io.callweave.bench.WebhookPosts;
import io.callweave.bench.figures.FiguresJson;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WebhookUrl;
import io.callweave.files.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench bridge}: how long a webhook waits for its answer. */
@Command(
        name = "bridge",
        description = {
            "Measure how long webhooks wait for an answer, at a fixed rate, from the moment when each was due.",
            "Without --url: a bridge and a broker in this process; then the broker goes away.",
            "With --url: a bridge that runs; what is sent ends up on its topics."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench bridge --rate 5000",
            "  callweave bench bridge --url https://hooks.example.com/account --account 809646016"
        })
final class BenchBridgeCommand implements Callable<Integer> {

    private static final double MIB = 1 << 20;

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

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = WebhookUrl.class,
            description = "Where a bridge takes webhooks.")
    private @Nullable URI url;

    @Option(names = "--account", paramLabel = "ID", defaultValue = "1", description = "Account to send as (1).")
    private String account = "1";

    @Option(
            names = "--token-variable",
            paramLabel = "NAME",
            description = "Environment variable that holds the verification token, with --url.")
    private @Nullable String tokenVariable;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder on the disk to measure; by default that of temporary files.")
    private @Nullable Path folder;

    @Mixin
    private final FiguresFile json = new FiguresFile();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        check("--rate", rate);
        check("--warm-up", warmUp);
        check("--seconds", seconds);
        json.check();
        System.setProperty("callweave.kafka-log-level", "OFF");
        List<BridgeBench.Phase> phases = measure();
        report(phases);
        json.write(out -> FiguresJson.write(tree(phases), out));
        return ExitStatus.DONE;
    }

    private List<BridgeBench.Phase> measure() throws InterruptedException {
        if (url != null) {
            try (WebhookPosts posts = new WebhookPosts(url, token(), account)) {
                return bench(posts).run();
            }
        }
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-");
                BridgeWithBroker bridge = BridgeWithBroker.start(folder == null ? directory.path() : folder, account);
                WebhookPosts posts = new WebhookPosts(bridge.url(), BridgeWithBroker.TOKEN, account)) {
            return bench(posts).run(bridge::checkKept, bridge::stopBroker);
        }
    }

    private BridgeBench bench(WebhookPosts posts) {
        return new BridgeBench(
                rate, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), posts, Messages.to(spec)::println);
    }

    private String token() {
        String value = tokenVariable == null ? null : System.getenv(tokenVariable);
        return value == null ? "" : value;
    }

    private void check(String option, int value) {
        if (value < 1 && spec != null) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + "; it must be 1 or more.");
        }
    }

    private ObjectNode tree(List<BridgeBench.Phase> phases) {
        ObjectNode all = FiguresJson.object();
        ArrayNode list = all.putArray("phases");
        for (BridgeBench.Phase phase : phases) {
            ObjectNode node = list.addObject()
                    .put("name", phase.name())
                    .put("keptPerSecond", phase.result().perSecond())
                    .put("refused", phase.result().refused())
                    .put("failed", phase.result().failed());
            FiguresJson.add(node, phase.result().latency());
        }
        all.putObject("input")
                .put("perSecond", rate)
                .put("warmUp", warmUp)
                .put("seconds", seconds)
                .put("way", way());
        return all;
    }

    private String way() {
        return url == null ? "over HTTP, with bridge, broker and sender in one process" : "over HTTP to " + url;
    }

    private void report(List<BridgeBench.Phase> phases) {
        PrintWriter out = Messages.out(spec);
        out.printf(
                "%s, %,d notifications/s asked for, %d s a phase; Java %s, %d processors, %,.0f MiB heap, %s%n",
                way(),
                rate,
                seconds,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / MIB,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        out.println("                      kept/s   refused    failed    p50 ms    p99 ms  p99.9 ms    max ms");
        for (BridgeBench.Phase phase : phases) {
            out.printf(
                    "%-18s %,9.0f %,9d %,9d %9.1f %9.1f %9.1f %9.1f%n",
                    phase.name(),
                    phase.result().perSecond(),
                    phase.result().refused(),
                    phase.result().failed(),
                    phase.result().percentile(50),
                    phase.result().percentile(99),
                    phase.result().percentile(99.9),
                    phase.result().max());
        }
        out.flush();
    }
}

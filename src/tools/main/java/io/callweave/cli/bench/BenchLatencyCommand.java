package io.callweave.cli.bench;

import io.callweave.bench.figures.ThreadKind;
import io.callweave.bench.latency.LatencyBench;
import io.callweave.bench.latency.PacedCost;
import io.callweave.bench.throughput.Product;
import io.callweave.files.LocalException;
import io.callweave.topics.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench latency}: how long after its append what comes of a notification can be read. */
@Command(
        name = "latency",
        description = {
            "Measure how long after its append to notifications what comes of a notification can be read.",
            "Broker, topology and a reader with read_committed run in this process, or, with --bootstrap-servers, only the"
                    + " sender and the reader. Each append is measured from the moment when it was due."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench latency",
            "  callweave bench latency --rate 5000 --seconds 120",
            "  callweave bench latency --bootstrap-servers kafka:9092 --topics-prefix bench."
        })
final class BenchLatencyCommand extends BenchBase {

    @Option(names = "--rate", paramLabel = "N", defaultValue = "1000", description = "Notifications a second (1000).")
    private int rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "120",
            description = "Seconds before the measurement (120).")
    private int warmUp;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "Seconds that are measured (60).")
    private int seconds;

    @Option(
            names = "--lost",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of notifications that are not appended, such as 0.04 (0).")
    private double lost;

    @Option(
            names = "--partition-by",
            paramLabel = "NAME",
            defaultValue = "session",
            description = "What chooses the partition of a notification: session or account (session).")
    private String partitionBy = "session";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "Measure the installation on these brokers instead. It gets simulated calls of --accounts accounts, so"
                            + " take one that has no others.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--topics-prefix",
            paramLabel = "PREFIX",
            description = "Its topics.prefix; needed with --bootstrap-servers.")
    private @Nullable String topicsPrefix;

    @Mixin
    private final SizeOptions size = new SizeOptions();

    @Override
    Bench bench() {
        LatencyBench.Paced paced = new LatencyBench.Paced(rate, warmUp, seconds, lost, Product.by(partitionBy));
        LatencyBench bench = new LatencyBench(paced, size.withoutRounds());
        String servers = bootstrapServers;
        String prefix = topicsPrefix;
        if ((servers == null) != (prefix == null)) {
            throw new IllegalArgumentException(
                    "--bootstrap-servers and --topics-prefix must be given together: which installation is measured.");
        }
        return directory -> {
            LatencyBench.Installation elsewhere =
                    servers == null || prefix == null ? null : installation(servers, prefix);
            progress("%,d notifications/s for %,d + %,d s".formatted(rate, warmUp, seconds));
            report(elsewhere == null ? bench.run(directory) : bench.run(elsewhere));
        };
    }

    private static LatencyBench.Installation installation(String servers, String prefix) throws InterruptedException {
        String topic = Topic.PARTY_EVENTS.name(prefix);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            int partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .mapToInt(described -> described.partitions().size())
                    .sum();
            return new LatencyBench.Installation(servers, prefix, partitions);
        } catch (ExecutionException | KafkaException e) {
            throw new LocalException(
                    "The topic %s cannot be looked up on %s: %s Start the installation first."
                            .formatted(topic, servers, e.getMessage()),
                    e);
        }
    }

    private void report(LatencyBench.Result result) {
        PacedCost cost = result.cost();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("partyEvents", result.partyEvents());
        figures.put("partyEventsAfterLost", result.partyEventsAfterLost());
        figures.put("calls", result.calls());
        if (cost != null) {
            Map<String, Double> cpu = new LinkedHashMap<>();
            Stream.of(ThreadKind.values()).forEach(kind -> cpu.put(kind.word(), cost.perMillion(kind)));
            figures.put("cpuSecondsPerMillionByThread", cpu);
            figures.put("recordsPerNotification", cost.recordsPerNotification());
            figures.put("liveCalls", cost.liveCalls());
        }
        figures.put(
                "input",
                Map.of(
                        "perSecond", rate,
                        "warmUpSeconds", warmUp,
                        "seconds", seconds,
                        "lostShare", lost,
                        "partitionBy", partitionBy));
        report(figures);
    }
}

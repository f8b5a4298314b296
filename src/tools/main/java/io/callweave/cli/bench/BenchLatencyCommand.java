package io.callweave.cli.bench;

import io.callweave.bench.figures.ThreadKind;
import io.callweave.bench.latency.LatencyBench;
import io.callweave.bench.latency.PacedCost;
import io.callweave.bench.throughput.Product;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench latency}: how long after its append what comes of a notification can be read. */
@Command(
        name = "latency",
        description = {
            "Measure how long after its append to notifications what comes of a notification can be read.",
            "Broker, topology and a reader with read_committed run in this process. Each append is measured from the moment"
                    + " when it was due."
        },
        footer = {"", "Examples:", "  callweave bench latency", "  callweave bench latency --rate 5000 --seconds 120"})
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

    @Mixin
    private final SizeOptions size = new SizeOptions();

    @Override
    Bench bench() {
        LatencyBench.Paced paced = new LatencyBench.Paced(rate, warmUp, seconds, lost, Product.by(partitionBy));
        LatencyBench bench = new LatencyBench(paced, size.withoutRounds());
        return directory -> {
            progress("%,d notifications/s for %,d + %,d s".formatted(rate, warmUp, seconds));
            report(bench.run(directory));
        };
    }

    private void report(LatencyBench.Result result) {
        PacedCost cost = result.cost();
        Map<String, Double> cpu = new LinkedHashMap<>();
        Stream.of(ThreadKind.values()).forEach(kind -> cpu.put(kind.word(), cost.perMillion(kind)));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("partyEvents", result.partyEvents());
        figures.put("partyEventsAfterLost", result.partyEventsAfterLost());
        figures.put("calls", result.calls());
        figures.put("cpuSecondsPerMillionByThread", cpu);
        figures.put("recordsPerNotification", cost.recordsPerNotification());
        figures.put("liveCalls", cost.liveCalls());
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

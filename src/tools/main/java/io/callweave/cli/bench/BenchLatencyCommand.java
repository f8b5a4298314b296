package io.callweave.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.figures.FiguresJson;
import io.callweave.bench.figures.Machine;
import io.callweave.bench.figures.ThreadKind;
import io.callweave.bench.latency.LatencyBench;
import io.callweave.bench.latency.LatencyOptions;
import io.callweave.bench.latency.PacedCost;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.TemporaryDirectory;
import io.callweave.settings.value.PartitionBy;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench latency}: how long after its append what comes of a notification can be read. */
@Command(
        name = "latency",
        description = {
            "Measure how long after its append to notifications what comes of a notification can be read.",
            "Broker, topology and a reader with read_committed run in this process. Each append is measured from the moment"
                    + " when it was due."
        },
        footer = {"", "Examples:", "  callweave bench latency", "  callweave bench latency --rate 5000 --seconds 120"})
final class BenchLatencyCommand implements Callable<Integer> {

    private static final double NANOS_PER_MS = 1e6;

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

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "12", description = "Partitions (12).")
    private int partitions;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2", description = "Stream threads (2).")
    private int threads;

    @Option(names = "--accounts", paramLabel = "N", defaultValue = "50", description = "Accounts (50).")
    private int accounts;

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
            converter = PartitionByName.class,
            description = "What chooses the partition of a notification: session or account (session).")
    private PartitionBy partitionBy = PartitionBy.SESSION;

    @Mixin
    private final FiguresFile json = new FiguresFile();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        LatencyOptions options = WrongUsage.checked(
                spec,
                () -> new LatencyOptions(
                        rate,
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(seconds),
                        partitions,
                        threads,
                        accounts,
                        lost,
                        partitionBy));
        json.check();
        System.setProperty("callweave.kafka-log-level", "OFF");
        Messages.to(spec).printf("%,d notifications/s for %d + %d s%n", rate, warmUp, seconds);
        LatencyBench.Result result;
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-")) {
            result = new LatencyBench(options).run(directory.path());
        }
        report(result);
        json.write(out -> FiguresJson.write(tree(result), out));
        return ExitStatus.DONE;
    }

    private void report(LatencyBench.Result result) {
        PrintWriter out = Messages.out(spec);
        out.printf(
                "%,d notifications/s by %s, %d accounts, %d partitions, %d threads, broker in this process; %s%n",
                rate,
                partitionBy.name().toLowerCase(Locale.ROOT),
                accounts,
                partitions,
                threads,
                Machine.here().text());
        out.println("From the append until it could be read      number    p50 ms    p99 ms  p99.9 ms    max ms");
        print(out, "first party event of a notification", result.events());
        if (lost > 0) {
            print(out, "first after a lost notification", result.afterLost());
        }
        print(out, "call, of those that are over at once", result.calls());
        PacedCost cost = result.cost();
        out.printf("CPU seconds per million notifications, with %,d live calls:", cost.liveCalls());
        for (ThreadKind kind : ThreadKind.values()) {
            out.printf(Locale.ROOT, " %s %.1f", kind.word(), cost.perMillion(kind));
        }
        out.println();
        out.print("Records sent for each notification:");
        cost.recordsPerNotification().forEach((topic, number) -> out.printf(Locale.ROOT, " %s %.2f", topic, number));
        out.println();
        out.flush();
    }

    private ObjectNode tree(LatencyBench.Result result) {
        ObjectNode all = FiguresJson.object();
        FiguresJson.add(all.putObject("partyEvents"), result.events());
        FiguresJson.add(all.putObject("partyEventsAfterLost"), result.afterLost());
        FiguresJson.add(all.putObject("calls"), result.calls());
        PacedCost cost = result.cost();
        ObjectNode cpu = all.putObject("cpuSecondsPerMillionByThread");
        for (ThreadKind kind : ThreadKind.values()) {
            cpu.put(kind.word(), cost.perMillion(kind));
        }
        ObjectNode records = all.putObject("recordsPerNotification");
        cost.recordsPerNotification().forEach(records::put);
        all.put("liveCalls", cost.liveCalls());
        all.putObject("input")
                .put("perSecond", rate)
                .put("seconds", seconds)
                .put("warmUpSeconds", warmUp)
                .put("partitions", partitions)
                .put("threads", threads)
                .put("accounts", accounts)
                .put("lostShare", lost)
                .put("partitionBy", partitionBy.name().toLowerCase(Locale.ROOT));
        return all;
    }

    private static void print(PrintWriter out, String what, Histogram latency) {
        out.printf(
                "%-38s %,11d %9.1f %9.1f %9.1f %9.1f%n",
                what,
                latency.getTotalCount(),
                latency.getValueAtPercentile(50) / NANOS_PER_MS,
                latency.getValueAtPercentile(99) / NANOS_PER_MS,
                latency.getValueAtPercentile(99.9) / NANOS_PER_MS,
                latency.getMaxValue() / NANOS_PER_MS);
    }
}

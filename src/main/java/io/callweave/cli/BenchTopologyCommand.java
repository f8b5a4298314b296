package io.callweave.cli;

import io.callweave.bench.BenchOptions;
import io.callweave.bench.TopologyBench;
import io.callweave.bench.TopologyBench.Result;
import io.callweave.bench.TopologyBench.Subject;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.local.TemporaryDirectory;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench topology}: the whole topology beside a pass-through. */
@Command(
        name = "topology",
        description = {
            "Run the whole topology beside one that passes bytes through, in turn, on the same input and broker;",
            "and its plumbing (the hop, a store value in each stage, an output) with no work in it.",
            "The ratio is what counts: single figures are those of the machine and of the hour."
        },
        footer = {"", "Examples:", "  callweave bench topology --events 300000 --rounds 5"})
final class BenchTopologyCommand implements Callable<Integer> {

    @Option(names = "--events", paramLabel = "N", defaultValue = "300000", description = "Notifications (300000).")
    private long events;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Runs of each (5).")
    private int rounds;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", description = "Partitions (4).")
    private int partitions;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2", description = "Stream threads (2).")
    private int threads;

    @Option(names = "--accounts", paramLabel = "N", defaultValue = "50", description = "Accounts (50).")
    private int accounts;

    @Option(
            names = "--concurrent-calls",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Calls that go on at a time (1000).")
    private int concurrentCalls;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            defaultValue = "100",
            description = "Commit interval in milliseconds (100).")
    private long commitInterval;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        check("--events", events);
        check("--rounds", rounds);
        check("--partitions", partitions);
        check("--threads", threads);
        check("--accounts", accounts);
        check("--concurrent-calls", concurrentCalls);
        check("--commit-interval", commitInterval);
        System.setProperty("callweave.kafka-log-level", "OFF");
        PrintWriter messages = Messages.to(spec);
        BenchOptions options = new BenchOptions(
                events, partitions, threads, accounts, concurrentCalls, Duration.ofMillis(commitInterval));
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-");
                EmbeddedKafka broker = EmbeddedKafka.start(
                        EmbeddedKafkaConfig.in(directory.path().resolve("kafka")));
                TopologyBench bench =
                        new TopologyBench(options, broker, directory.path().resolve("state"))) {
            messages.println("producing " + events + " notifications");
            long produced = bench.produceInput();
            List<Result> results = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                for (Subject subject : Subject.values()) {
                    Result result = bench.run(subject);
                    messages.printf(
                            "%s %-12s %,9.0f events/s  %6.1f CPU s per million%n",
                            round == 0 ? "warm-up" : "round " + round,
                            subject.label(),
                            result.eventsPerSecond(),
                            result.cpuPerMillion());
                    if (round > 0) {
                        results.add(result);
                    }
                }
            }
            report(results, produced);
        }
        return Callweave.DONE;
    }

    private void check(String option, long value) {
        if (value < 1 && spec != null) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + "; it must be 1 or more.");
        }
    }

    private void report(List<Result> results, long produced) {
        PrintWriter out = Messages.out(spec);
        out.printf(
                "%,d notifications, %d partitions, %d threads, commit interval %d ms, exactly_once_v2, broker in this"
                        + " process; Java %s, %d processors, %s%n",
                produced,
                partitions,
                threads,
                commitInterval,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        out.println(
                "                 events/s: median (least to most)    CPU s per million events: median (least to most)");
        for (Subject subject : Subject.values()) {
            out.printf(
                    "%-12s %s   %s%n",
                    subject.label(),
                    spread(results, subject, Result::eventsPerSecond),
                    spread(results, subject, Result::cpuPerMillion));
        }
        ratio(results, Subject.CALLWEAVE, Subject.PASS_THROUGH, out);
        ratio(results, Subject.PLUMBING, Subject.PASS_THROUGH, out);
        ratio(results, Subject.CALLWEAVE, Subject.PLUMBING, out);
        out.flush();
    }

    private static void ratio(List<Result> results, Subject subject, Subject baseline, PrintWriter out) {
        out.printf(
                "ratio %s / %s, round by round: events/s %s, CPU %s%n",
                subject.label(),
                baseline.label(),
                ratios(results, subject, baseline, Result::eventsPerSecond),
                ratios(results, subject, baseline, Result::cpuPerMillion));
    }

    private static String spread(List<Result> results, Subject subject, ToDoubleFunction<Result> figure) {
        double[] sorted =
                DoubleStream.of(figures(results, subject, figure)).sorted().toArray();
        return "%,12.1f (%,.1f to %,.1f)".formatted(median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    /** Those of a round ran one after the other, so the ratio holds also when the machine's speed drifts. */
    private static String ratios(
            List<Result> results, Subject subject, Subject baseline, ToDoubleFunction<Result> figure) {
        double[] of = figures(results, subject, figure);
        double[] to = figures(results, baseline, figure);
        double[] sorted = IntStream.range(0, of.length)
                .mapToDouble(round -> of[round] / to[round])
                .sorted()
                .toArray();
        return "%.2f (%.2f to %.2f)".formatted(median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    private static double[] figures(List<Result> results, Subject subject, ToDoubleFunction<Result> figure) {
        return results.stream()
                .filter(result -> result.subject() == subject)
                .mapToDouble(figure)
                .toArray();
    }

    static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

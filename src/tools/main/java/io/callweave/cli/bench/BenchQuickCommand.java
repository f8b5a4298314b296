package io.callweave.cli.bench;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Rounds;
import io.callweave.bench.figures.Spread;
import io.callweave.bench.latency.LatencyBench;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.Compared;
import io.callweave.bench.throughput.Product;
import io.callweave.bench.throughput.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** The command {@code bench quick}: what somebody compares who has to choose, in a few minutes. */
@Command(
        name = "quick",
        description = {
            "Measure rate, CPU time and lateness in a few minutes, as one table.",
            "Among the sources, \"src/tools/competitors/competitors.sh quick\" also measures the Streams DSL, Flink and"
                    + " PostgreSQL, and counts the calls that each gets wrong.",
            "Short runs also measure the JIT compiler, so compare the rows, not the figures."
        },
        footer = {"", "Examples:", "  callweave bench quick", "  callweave bench quick --json quick.json"})
final class BenchQuickCommand extends BenchBase {

    private static final int EVENTS = 100_000;
    private static final int WARM_UP = 200_000;
    private static final int PARTITIONS = 12;
    private static final int THREADS = 2;
    private static final int ACCOUNTS = 50;
    private static final int CALLS_AT_A_TIME = 1_000;
    private static final int LINKED_PERCENT = 15;
    private static final int RATE = 1_000;
    private static final int SECONDS = 20;
    private static final int CALLS = 2_000;
    private static final String FAULTS = "faults";

    /** Those whose calls are the same as those of another one: it is the same topology, or the same table. */
    private static final Map<String, String> SAME_CALLS = Map.of(
            "callweave-account", "callweave", "callweave-fewer", "callweave", "postgresql-all", "postgresql-calls");

    /**
     * A row of the table; null where it was not measured.
     *
     * @param perSecond notifications per second while it catches up
     * @param p99Ms from the append of the last notification of a call until its record could be read
     * @param cpuMsPerRightCall with faults
     * @param wrong calls of each delivery, with how many calls there were
     */
    private record Row(
            String subject,
            double perSecond,
            double cpuSecondsPerMillion,
            @Nullable Double p99Ms,
            @Nullable Double cpuMsPerRightCall,
            Map<String, Long> wrong) {

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%-18s %,15.0f %17.1f %13s %15s   %s",
                    subject,
                    perSecond,
                    cpuSecondsPerMillion,
                    p99Ms == null ? "" : String.format(Locale.ROOT, "%,.0f ms", p99Ms),
                    cpuMsPerRightCall == null ? "" : String.format(Locale.ROOT, "%.2f ms", cpuMsPerRightCall),
                    wrong.entrySet().stream()
                            .map(each -> each.getKey() + " " + each.getValue())
                            .collect(Collectors.joining("; ")));
        }
    }

    @Override
    Bench bench() {
        return this::run;
    }

    private void run(Path directory) throws InterruptedException, IOException {
        BenchOptions options =
                new BenchOptions(EVENTS, WARM_UP, 1, PARTITIONS, THREADS, ACCOUNTS, CALLS_AT_A_TIME, 0, LINKED_PERCENT);
        Map<String, Double> late = new LinkedHashMap<>();
        for (Product subject : List.of(Product.BY_SESSION, Product.BY_ACCOUNT)) {
            progress("%s: %,d notifications/s for %d s".formatted(subject.label(), RATE, 2 * SECONDS));
            LatencyBench.Paced paced = new LatencyBench.Paced(RATE, SECONDS, SECONDS, 0, subject);
            late.put(
                    subject.label(),
                    new LatencyBench(paced, options)
                            .run(part(directory, "latency-" + subject.label()))
                            .calls()
                            .p99Ms());
        }
        Compared compared =
                Compared.run(options, Subject.together(Subject.all()), part(directory, "topology"), this::progress);
        List<Subject.Judged> judged = Subject.judge(CALLS, part(directory, "correctness"), this::progress);
        List<Row> rows = compared.rounds().entrySet().stream()
                .map(each -> row(each.getKey(), new Rounds(each.getValue()), late, judged))
                .toList();
        out().printf(
                        "%-18s %15s %17s %13s %15s   %s%n",
                        "",
                        "notifications/s",
                        "CPU s per million",
                        "p99 of a call",
                        "CPU, right call",
                        judged.isEmpty() ? "" : "wrong of " + judged.get(0).calls() + " calls");
        rows.forEach(row -> out().println(row.text()));
        out().flush();
        write(Map.of("rows", rows, "input", options));
    }

    private static Path part(Path directory, String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    private static Row row(String label, Rounds rounds, Map<String, Double> late, List<Subject.Judged> judged) {
        double cpu = Spread.of(rounds.figures(Measurement::cpuPerMillion)).median();
        Map<String, Long> wrong = new LinkedHashMap<>();
        Double perRightCall = null;
        String same = SAME_CALLS.getOrDefault(label, label);
        for (Subject.Judged each : judged) {
            if (each.subject().equals(same)) {
                wrong.put(each.delivery(), each.bad());
                if (each.delivery().equals(FAULTS)) {
                    perRightCall = cpu * each.notifications() / 1_000 / each.right();
                }
            }
        }
        return new Row(
                label,
                Spread.of(rounds.figures(Measurement::perSecond)).median(),
                cpu,
                late.get(label),
                perRightCall,
                wrong);
    }
}

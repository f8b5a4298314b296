package io.callweave.cli.bench;

import io.callweave.bench.figures.Spread;
import io.callweave.bench.windows.CallVolume;
import io.callweave.bench.windows.WindowBench;
import io.callweave.bench.windows.WindowBench.Subject;
import io.callweave.bench.windows.WindowCosts;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.TemporaryDirectory;
import io.callweave.metrics.Scope;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench windows}: what window-metrics cost for each call, by scope. */
@Command(
        name = "windows",
        description = {
            "Measure what window-metrics cost for each finished call.",
            "Counts the calls of an account in all windows, with the topology's own code and store, and prints for each scope"
                    + " what a call costs: state, updates, writes to the store, and CPU time of the thread.",
            "Time is that of the calls. There is no Kafka: the changelog has as many records as the store has writes."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench windows",
            "  callweave bench windows --calls 60000 --extensions 20000 --queues 200 --departments 200 \\",
            "      --hours 0.14"
        })
final class BenchWindowsCommand implements Callable<Integer> {

    private static final double MILLIS_PER_HOUR = 3_600_000;

    @Option(names = "--calls", paramLabel = "N", defaultValue = "20000", description = "Finished calls (20000).")
    private int calls;

    @Option(names = "--extensions", paramLabel = "N", defaultValue = "1000", description = "Extensions (1000).")
    private int extensions;

    @Option(names = "--queues", paramLabel = "N", defaultValue = "20", description = "Call queues (20).")
    private int queues;

    @Option(
            names = "--departments",
            paramLabel = "N",
            defaultValue = "20",
            description = "Departments in the directory; 0 for no directory (20).")
    private int departments;

    @Option(names = "--numbers", paramLabel = "N", defaultValue = "20000", description = "Outside numbers (20000).")
    private int numbers;

    @Option(
            names = "--hours",
            paramLabel = "HOURS",
            defaultValue = "10",
            description = "In which time calls begin, also less than 1 (10).")
    private double hours;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Runs of each (3).")
    private int rounds;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw WrongUsage.of(spec, "--rounds is " + rounds + "; it must be 1 or more.");
        }
        CallVolume volume = WrongUsage.checked(
                spec,
                () -> new CallVolume(calls, extensions, queues, departments, numbers, Duration.ofMillis((long)
                        (hours * MILLIS_PER_HOUR))));
        PrintWriter messages = Messages.to(spec);
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-")) {
            messages.println("making " + calls + " calls");
            WindowBench bench = new WindowBench(volume, directory.path());
            WindowCosts costs = bench.costs(Subject.ALL_SCOPES);
            report(bench, costs, cpu(bench, messages));
        }
        return ExitStatus.DONE;
    }

    /** CPU microseconds per call of each subject, round by round. */
    private Map<Subject, double[]> cpu(WindowBench bench, PrintWriter messages) {
        Map<Subject, double[]> cpu = new LinkedHashMap<>();
        List<Subject> subjects = Subject.all();
        subjects.forEach(subject -> cpu.put(subject, new double[rounds]));
        for (int round = 0; round <= rounds; round++) {
            for (Subject subject : subjects) {
                double micros = bench.cpuMicros(subject);
                messages.printf(
                        "%s %-18s %6.1f CPU us per call%n",
                        round == 0 ? "warm-up" : "round " + round, subject.label(), micros);
                double[] measured = cpu.get(subject);
                if (round > 0 && measured != null) {
                    measured[round - 1] = micros;
                }
            }
        }
        return cpu;
    }

    private void report(WindowBench bench, WindowCosts costs, Map<Subject, double[]> cpu) {
        PrintWriter out = Messages.out(spec);
        out.printf(
                "%,d calls of one account in %.2f h, %,d extensions, %,d queues, %,d departments, %,d outside numbers; a call record has"
                        + " %,.0f bytes; Java %s, %d processors, %s%n",
                bench.calls(),
                hours,
                extensions,
                queues,
                departments,
                numbers,
                bench.recordBytes(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        out.println("per call                state bytes   updates     bytes    writes     bytes"
                + "   CPU us: median (least to most)");
        double[] all = cpu.getOrDefault(Subject.ALL_SCOPES, new double[rounds]);
        cpu.forEach((subject, micros) -> {
            Scope scope = subject.left();
            if (scope != null) {
                // What one spares who does without it; runs of one round, because the machine's speed drifts.
                line(out, scope.wireName(), costs.of(scope), minus(all, micros), bench.calls());
            }
        });
        double[] none = cpu.getOrDefault(Subject.NO_WINDOWS, new double[rounds]);
        line(out, "calls and their days", costs.calls(), null, bench.calls());
        line(out, "together", costs.together(), all, bench.calls());
        out.printf("%-73s %s%n", "without windows", spread(none));
        out.flush();
    }

    private static void line(
            PrintWriter out, String label, WindowCosts.Part part, double @Nullable [] micros, double calls) {
        out.printf(
                "%-20s %,14.1f %,9.2f %,9.0f %,9.2f %,9.0f   %s%n",
                label,
                part.stateBytes() / calls,
                part.updates() / calls,
                part.updateBytes() / calls,
                part.writes() / calls,
                part.writtenBytes() / calls,
                micros == null ? "" : spread(micros));
    }

    private static double[] minus(double[] all, double[] without) {
        return IntStream.range(0, all.length)
                .mapToDouble(round -> all[round] - without[round])
                .toArray();
    }

    private static String spread(double[] figures) {
        return Spread.of(figures).text(1);
    }
}

package io.callweave.cli.bench;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.Results;
import io.callweave.bench.throughput.ResultsJson;
import io.callweave.bench.throughput.ResultsText;
import io.callweave.bench.throughput.Subject;
import io.callweave.bench.throughput.TopologyBench;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code bench topology}: Callweave beside the Streams DSL, its own plumbing and a pass-through. */
@Command(
        name = "topology",
        description = {
            "Compare the topology with three others, in this process, on the same simulated calls.",
            "The others are a baseline on the Streams DSL, the plumbing of Callweave (hop, stores, output) with no work in it,"
                    + " and a pass-through.",
            "The subject callweave-account is the topology with bridge.partition-by=account; callweave-fewer has what the DSL has:"
                    + " party events, calls and windows of accounts, but no live calls and rows of parties.",
            "Every call that begins also ends, and as many calls are closed as are opened.",
            "Compare the ratios: single figures depend on the machine and on its other work."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench topology",
            "  callweave bench topology --events 600000 --rounds 5 --json figures.json",
            "  callweave bench topology --aged 1000000",
            "  callweave bench topology --accounts 1"
        })
final class BenchTopologyCommand implements Callable<Integer> {

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "300000",
            description = "Notifications in each round (300000).")
    private long events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Notifications before the first round (500000); 0 for none.")
    private long warmUp;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds that are measured (5).")
    private int rounds;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "12", description = "Partitions (12).")
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
            names = "--aged",
            paramLabel = "N",
            defaultValue = "50000",
            description =
                    "Settled calls in the late window (50000). They are made before anything is measured; then each"
                            + " call that is opened closes one. At least five for each call at a time, or 0: no call is closed.")
    private long aged;

    @Option(
            names = "--linked",
            paramLabel = "PERCENT",
            defaultValue = "15",
            description = "Sessions that are joined with another one, in percent (15).")
    private int linked;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            defaultValue = "100",
            description =
                    "Commit interval of all but Callweave, in milliseconds (100). Callweave has its own, a second.")
    private long commitInterval;

    @Option(
            names = "--subjects",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "callweave,callweave-account,callweave-fewer,dsl,plumbing,pass-through",
            converter = SubjectByLabel.class,
            description = {
                "Run only these, separated by commas: callweave, callweave-account, callweave-fewer, dsl, plumbing, pass-through"
                        + " (all).",
                "Figures are comparable only between subjects of one run."
            })
    private Set<Subject> subjects = EnumSet.allOf(Subject.class);

    @Mixin
    private final FiguresFile json = new FiguresFile();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        BenchOptions options = WrongUsage.checked(
                spec,
                () -> new BenchOptions(
                        events,
                        warmUp,
                        rounds,
                        partitions,
                        threads,
                        accounts,
                        concurrentCalls,
                        aged,
                        Duration.ofMillis(commitInterval),
                        subjects,
                        linked));
        json.check();
        System.setProperty("callweave.kafka-log-level", "OFF");
        Results results;
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-");
                TopologyBench bench = new TopologyBench(options, directory.path(), this::ran)) {
            results = bench.run();
        }
        ResultsText.print(results, Messages.out(spec));
        json.write(out -> ResultsJson.write(results, out));
        return ExitStatus.DONE;
    }

    private void ran(String part, Subject subject, Measurement measurement) {
        PrintWriter messages = Messages.to(spec);
        messages.printf(
                "%-12s %-17s %,9d notifications in %,6.1f s: %,9.0f/s, CPU %6.1f (GC %.1f), JIT %.1f s per million%n",
                part,
                subject.label(),
                measurement.notifications(),
                measurement.seconds(),
                measurement.perSecond(),
                measurement.cpuPerMillion(),
                measurement.gcPerMillion(),
                measurement.jitPerMillion());
    }

    /** Subjects by the names that reports use. */
    static final class SubjectByLabel implements ITypeConverter<Subject> {

        @Override
        public Subject convert(String label) {
            try {
                return Subject.of(label);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}

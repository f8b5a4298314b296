package io.callweave.bench.competitors;

import io.callweave.bench.competitors.postgresql.PostgresBinaries;
import io.callweave.bench.correctness.Contender;
import io.callweave.bench.correctness.TopicContender;
import io.callweave.bench.figures.Measurement;
import io.callweave.cli.Callweave;
import io.callweave.cli.bench.BenchCorrectnessCommand;
import io.callweave.cli.bench.FiguresFile;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.TemporaryDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code bench competitors}, which is there among the sources only. */
@Command(
        name = "competitors",
        description = {
            "Compare Callweave with what a user could pick instead, on the same simulated calls.",
            "Others: the Streams DSL, Flink with its state on the heap or in RocksDB, and a consumer that writes to PostgreSQL.",
            "PostgreSQL must be installed (apt-get install postgresql); this starts clusters of its own.",
            "A call too few, or one of the others that differs from the DSL, fails the run. Compare the ratios.",
            "Its subcommand correctness is \"bench correctness\" with Flink and PostgreSQL."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench competitors",
            "  callweave bench competitors --rounds 2 --json figures.json",
            "  callweave bench competitors correctness --subjects callweave,flink-rocksdb"
        })
final class CompetitorsCommand implements Callable<Integer> {

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

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Stream threads, parallelism of Flink, and consumers (2).")
    private int threads;

    @Option(
            names = "--subjects",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "callweave,callweave-account,callweave-fewer,dsl,flink-heap,flink-rocksdb,postgresql-calls,"
                    + "postgresql-all",
            converter = CompetitorByLabel.class,
            description =
                    "Run only these, separated by commas: callweave, callweave-account, callweave-fewer, dsl, flink-heap,"
                            + " flink-rocksdb, postgresql-calls, postgresql-all (all).")
    private Set<Competitor> subjects = EnumSet.allOf(Competitor.class);

    @Mixin
    private final FiguresFile json = new FiguresFile();

    @Spec
    private @Nullable CommandSpec spec;

    /** The command line of the product with this command in it. */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine callweave = Callweave.commandLine();
        List<Contender> contenders = new ArrayList<>(List.of(TopicContender.values()));
        contenders.addAll(List.of(CompetitorContender.values()));
        callweave
                .getSubcommands()
                .get("bench")
                .addSubcommand(new CommandLine(new CompetitorsCommand())
                        .addSubcommand(new BenchCorrectnessCommand(contenders)));
        return callweave;
    }

    @Override
    public Integer call() throws IOException {
        CompetitorOptions options = WrongUsage.checked(
                spec, () -> CompetitorOptions.of(events, warmUp, rounds, partitions, threads, subjects));
        json.check();
        checkPostgres();
        System.setProperty("callweave.kafka-log-level", "OFF");
        CompetitorResults results;
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-");
                CompetitorsBench bench = new CompetitorsBench(options, directory.path(), this::ran)) {
            results = bench.run();
        }
        CompetitorsText.print(results, Messages.out(spec));
        json.write(out -> CompetitorsJson.write(results, out));
        return ExitStatus.DONE;
    }

    private void checkPostgres() {
        boolean isNeeded = subjects.stream().anyMatch(subject -> subject.kind() == Competitor.Kind.POSTGRESQL);
        if (isNeeded && PostgresBinaries.find().isEmpty()) {
            throw WrongUsage.of(
                    spec,
                    "PostgreSQL is not installed, and --subjects names postgresql-calls or postgresql-all;"
                            + " run apt-get install postgresql, or name other subjects.");
        }
    }

    private void ran(String part, Competitor competitor, Measurement measurement) {
        Messages.to(spec)
                .printf(
                        "%-10s %-17s %,9d notifications in %,6.1f s: %,9.0f/s, CPU %6.1f (GC %.1f), JIT %.1f s per million%n",
                        part,
                        competitor.label(),
                        measurement.notifications(),
                        measurement.seconds(),
                        measurement.perSecond(),
                        measurement.cpuPerMillion(),
                        measurement.gcPerMillion(),
                        measurement.jitPerMillion());
    }

    /** Subjects by the names that reports use. */
    static final class CompetitorByLabel implements ITypeConverter<Competitor> {

        @Override
        public Competitor convert(String label) {
            return Competitor.of(label)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + label + "' is none of " + Competitor.labels()));
        }
    }
}

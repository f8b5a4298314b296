package io.callweave.cli.bench;

import io.callweave.bench.competitors.correctness.CorrectnessBench;
import io.callweave.bench.throughput.Subject;
import io.callweave.cli.Callweave;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench competitors correctness}: how many calls each subject gets wrong. */
@Command(
        name = "correctness",
        description = {
            "Compare the calls of each subject with what the simulated calls really were.",
            "Three deliveries: clean; with faults; with faults while the subject is killed with SIGKILL.",
            "A call is right if its one record has its start, length and answer; marked if its record says that something"
                    + " is missing. Wrong, missing and extra records are bad."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench competitors correctness --json wrong-calls.json",
            "  callweave bench competitors correctness --calls 2000 --kills 0"
        })
public final class BenchCorrectnessCommand extends BenchBase {

    @Option(names = "--calls", paramLabel = "N", defaultValue = "20000", description = "About so many calls (20000).")
    private int calls;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "18", description = "Decides all random choices (18).")
    private long seed;

    @Option(
            names = "--deliver",
            paramLabel = "FAULTS",
            defaultValue = CorrectnessBench.USUAL_FAULTS,
            description = "Faults as of simulate (2 s of disorder, 5 %% twice, 0.1 %% lost, 0.1 %% late).")
    private String faults = "";

    @Option(
            names = "--late-copies",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of notifications that arrive again 2 to 20 minutes later (0.01).")
    private double lateCopies;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "2",
            description = "Kills of each subject (2); 0 leaves the third delivery out.")
    private int kills;

    @Option(
            names = "--subjects",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Run only these: callweave, callweave-account, callweave-fewer, dsl, flink-heap, flink-rocksdb, postgresql-calls,"
                            + " postgresql-all (all but callweave-account, callweave-fewer and postgresql-all).")
    private List<String> subjects = CorrectnessBench.USUAL_SUBJECTS;

    /** The command line of the product with this command in it. */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine callweave = Callweave.commandLine();
        callweave.getSubcommands().get("bench").addSubcommand(new BenchCorrectnessCommand());
        return callweave;
    }

    @Override
    Bench bench() {
        CorrectnessBench.Options options = new CorrectnessBench.Options(
                calls, seed, DeliveryFaults.parse(faults), lateCopies, kills, Subject.of(subjects));
        return directory -> {
            List<CorrectnessBench.Row> rows;
            try (CorrectnessBench bench = new CorrectnessBench(options, directory, this::progress)) {
                rows = bench.run();
            }
            report(Map.of("rows", rows.stream().map(CorrectnessBench.Row::json).toList()));
        };
    }
}

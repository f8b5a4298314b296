package io.callweave.cli.bench;

import io.callweave.bench.correctness.Contender;
import io.callweave.bench.correctness.CorrectnessBench;
import io.callweave.bench.correctness.CorrectnessOptions;
import io.callweave.bench.correctness.CorrectnessReport;
import io.callweave.bench.correctness.CorrectnessRow;
import io.callweave.bench.correctness.TopicContender;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.TemporaryDirectory;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench correctness}: how many calls Callweave and simpler ways get wrong. */
@Command(
        name = "correctness",
        description = {
            "Compare the calls of several subjects with what the simulated calls really were.",
            "Three deliveries: clean; with faults; with faults while the subject is killed with SIGKILL.",
            "A call is right if its one record has its start, length and answer; marked if its record says that something"
                    + " is missing. Wrong, missing and extra records are bad."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench correctness --json wrong-calls.json",
            "  callweave bench correctness --calls 2000 --kills 0 --subjects callweave,consumer"
        })
public final class BenchCorrectnessCommand implements Callable<Integer> {

    private final List<? extends Contender> all;

    @Option(names = "--calls", paramLabel = "N", defaultValue = "20000", description = "About so many calls (20000).")
    private int calls;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "18", description = "Decides all random choices (18).")
    private long seed;

    @Option(
            names = "--deliver",
            paramLabel = "FAULTS",
            defaultValue = "shuffled=2s,duplicated=5%,dropped=0.1%,late=0.1%",
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
            description = "Run only these: callweave, dsl, session-windows, consumer (all). Among the sources,"
                    + " \"bench competitors correctness\" has more.")
    private @Nullable List<String> subjects;

    @Mixin
    private final FiguresFile json = new FiguresFile();

    @Spec
    private @Nullable CommandSpec spec;

    /** With the contenders that the product has. */
    public BenchCorrectnessCommand() {
        this(List.of(TopicContender.values()));
    }

    public BenchCorrectnessCommand(List<? extends Contender> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        CorrectnessOptions options = WrongUsage.checked(
                spec,
                () -> new CorrectnessOptions(
                        calls, seed, DeliveryFaults.parse(faults), lateCopies, kills, chosen(subjects)));
        json.check();
        System.setProperty("callweave.kafka-log-level", "OFF");
        PrintWriter messages = Messages.to(spec);
        List<CorrectnessRow> rows;
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-");
                CorrectnessBench bench = new CorrectnessBench(options, directory.path(), messages::println)) {
            rows = bench.run();
        }
        CorrectnessReport.print(rows, Messages.out(spec));
        json.write(out -> CorrectnessReport.write(rows, out));
        return ExitStatus.DONE;
    }

    private List<Contender> chosen(@Nullable List<String> labels) {
        if (labels == null) {
            return List.copyOf(all);
        }
        return labels.stream().<Contender>map(this::labelled).distinct().toList();
    }

    private Contender labelled(String label) {
        return all.stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is none of "
                        + all.stream().map(Contender::label).collect(Collectors.joining(", "))));
    }
}

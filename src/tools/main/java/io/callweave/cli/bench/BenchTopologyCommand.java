package io.callweave.cli.bench;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.RecordCounts;
import io.callweave.bench.figures.Rounds;
import io.callweave.bench.figures.Spread;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.Compared;
import io.callweave.bench.throughput.Subject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench topology}: what notifications cost while the topology catches up. */
@Command(
        name = "topology",
        description = {
            "Measure how fast the topology catches up with a backlog, and its CPU time, with a broker in this process.",
            "The subject callweave-account is the topology with bridge.partition-by=account, and callweave-fewer has the outputs"
                    + " that the others have. All subjects get the same simulated"
                    + " calls.",
            "With Flink or PostgreSQL among them, each has a process of its own.",
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
final class BenchTopologyCommand extends BenchBase {

    private static final ToDoubleFunction<Measurement> CPU = Measurement::cpuPerMillion;

    @Mixin
    private final RoundOptions size = new RoundOptions();

    @Option(
            names = "--subjects",
            paramLabel = "NAME",
            split = ",",
            description = {
                "Run only these, separated by commas (all): callweave, callweave-account, callweave-fewer.",
                "Among the sources, \"bench competitors\" has more: dsl, flink-heap, flink-rocksdb, postgresql-calls,"
                        + " postgresql-all."
            })
    private @Nullable List<String> subjects;

    @Override
    Bench bench() {
        BenchOptions options = size.all();
        List<Subject> chosen = Subject.together(subjects == null ? Subject.all() : Subject.of(subjects));
        return directory -> run(options, chosen, directory);
    }

    private void run(BenchOptions options, List<Subject> chosen, Path directory) throws InterruptedException {
        Compared compared = Compared.run(options, chosen, directory, this::progress);
        Map<String, Object> figures = new LinkedHashMap<>();
        Rounds first = new Rounds(compared.rounds().values().iterator().next());
        compared.rounds().forEach((label, all) -> {
            Rounds rounds = new Rounds(all);
            Map<String, Object> json = rounds.json();
            json.put("cpuOfFirst", Spread.ratios(rounds.figures(CPU), first.figures(CPU)));
            json.put(
                    "recordsPerNotification",
                    compared.sent()
                            .getOrDefault(label, new RecordCounts())
                            .perNotification(all.stream()
                                    .mapToLong(Measurement::notifications)
                                    .sum()));
            figures.put(label, json);
        });
        report(Map.of("subjects", figures, "linkedShare", compared.linkedShare(), "input", options));
    }
}

package io.callweave.bench.competitors;

import static io.callweave.bench.figures.FiguresJson.add;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.figures.FiguresJson;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.throughput.BenchOptions;
import java.io.IOException;
import java.io.OutputStream;

/** The results for programs, with the names of {@code bench topology}: every figure of every round. */
final class CompetitorsJson {

    private CompetitorsJson() {}

    /** Writes one object and a line end; the stream stays open. */
    static void write(CompetitorResults results, OutputStream out) throws IOException {
        FiguresJson.write(tree(results), out);
    }

    static ObjectNode tree(CompetitorResults results) {
        ObjectNode all = FiguresJson.object();
        ObjectNode subjects = all.putObject("subjects");
        results.rounds().keySet().stream().sorted().forEach(subject -> {
            ObjectNode figures = subjects.putObject(subject.label());
            add(figures, "perSecond", results.figures(subject, Measurement::perSecond));
            add(figures, "cpuSecondsPerMillion", results.figures(subject, Measurement::cpuPerMillion));
            add(figures, "jitSecondsPerMillion", results.figures(subject, Measurement::jitPerMillion));
            add(figures, "gcSecondsPerMillion", results.figures(subject, Measurement::gcPerMillion));
        });
        BenchOptions size = results.options().size();
        all.putObject("input")
                .put("events", size.events())
                .put("warmUp", size.warmUp())
                .put("rounds", size.rounds())
                .put("partitions", size.partitions())
                .put("threads", size.threads())
                .put("accounts", size.accounts())
                .put("concurrentCalls", size.concurrentCalls())
                .put("linkedShare", results.linkedShare());
        return all;
    }
}

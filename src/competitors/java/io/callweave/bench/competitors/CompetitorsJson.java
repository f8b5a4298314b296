package io.callweave.bench.competitors;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.figures.Machine;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.ResultsJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.DoubleStream;

/** The results for programs, with the names of {@code bench topology}: every figure of every round. */
final class CompetitorsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CompetitorsJson() {}

    /** Writes one object and a line end; the stream stays open. */
    static void write(CompetitorResults results, OutputStream out) throws IOException {
        out.write(JSON.writer(new DefaultPrettyPrinter()).writeValueAsBytes(tree(results, Machine.here())));
        out.write('\n');
    }

    static ObjectNode tree(CompetitorResults results, Machine machine) {
        ObjectNode all = JSON.createObjectNode();
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
        ResultsJson.add(all.putObject("machine"), machine);
        return all;
    }

    private static void add(ObjectNode to, String name, double[] figures) {
        ArrayNode array = to.putArray(name);
        DoubleStream.of(figures).forEach(array::add);
    }
}

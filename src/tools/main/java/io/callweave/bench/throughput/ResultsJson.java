package io.callweave.bench.throughput;

import static io.callweave.bench.figures.FiguresJson.add;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.figures.FiguresJson;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.ThreadKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The results for programs: every figure of every round. Rates are notifications per second; times are CPU seconds per
 * million.
 */
public final class ResultsJson {

    private ResultsJson() {}

    /** Writes one object and a line end; the stream stays open. */
    public static void write(Results results, OutputStream out) throws IOException {
        FiguresJson.write(tree(results), out);
    }

    private static ObjectNode tree(Results results) {
        ObjectNode all = FiguresJson.object();
        ObjectNode subjects = all.putObject("subjects");
        for (Subject subject : Subject.values()) {
            if (!results.rounds().containsKey(subject)) {
                continue;
            }
            ObjectNode figures = subjects.putObject(subject.label());
            add(figures, "perSecond", results.figures(subject, Measurement::perSecond));
            add(figures, "cpuSecondsPerMillion", results.figures(subject, Measurement::cpuPerMillion));
            add(figures, "jitSecondsPerMillion", results.figures(subject, Measurement::jitPerMillion));
            add(figures, "gcSecondsPerMillion", results.figures(subject, Measurement::gcPerMillion));
            ObjectNode threads = figures.putObject("cpuSecondsPerMillionByThread");
            for (ThreadKind kind : ThreadKind.values()) {
                add(threads, kind.word(), results.figures(subject, measurement -> measurement.perMillion(kind)));
            }
            ObjectNode records = figures.putObject("recordsPerNotification");
            results.recordsPerNotification(subject).forEach(records::put);
        }
        ObjectNode ratios = all.putObject("ratios");
        for (Subject subject : List.of(Subject.CALLWEAVE, Subject.BY_ACCOUNT, Subject.FEWER)) {
            if (results.rounds().keySet().containsAll(List.of(subject, Subject.DSL))) {
                ObjectNode ratio = ratios.putObject(subject.label() + "/" + Subject.DSL.label());
                add(ratio, "perSecond", results.ratios(subject, Subject.DSL, Measurement::perSecond));
                add(ratio, "cpuSecondsPerMillion", results.ratios(subject, Subject.DSL, Measurement::cpuPerMillion));
            }
        }
        BenchOptions options = results.options();
        all.putObject("input")
                .put("events", options.events())
                .put("warmUp", options.warmUp())
                .put("rounds", options.rounds())
                .put("partitions", options.partitions())
                .put("threads", options.threads())
                .put("accounts", options.accounts())
                .put("concurrentCalls", options.concurrentCalls())
                .put("aged", options.aged())
                .put("commitIntervalMs", options.commitInterval().toMillis())
                .put("callweaveCommitIntervalMs", CallweaveCandidate.COMMIT_INTERVAL.toMillis())
                .put("linkedShare", results.linkedShare())
                .put("lateWindowMs", results.lateWindow().toMillis());
        return all;
    }
}

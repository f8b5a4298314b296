package io.callweave.bench.throughput;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.RecordCounts;
import io.callweave.bench.figures.Spread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The results of a benchmark.
 *
 * @param rounds of each subject, in the order of the runs
 * @param sent what each subject sent in all rounds
 * @param linkedShare the share of all sessions that is joined with another one
 * @param lateWindow in simulated time
 */
public record Results(
        BenchOptions options,
        Map<Subject, List<Measurement>> rounds,
        Map<Subject, RecordCounts> sent,
        double linkedShare,
        Duration lateWindow) {

    /** The records that a subject sent for each notification, by topic. */
    public Map<String, Double> recordsPerNotification(Subject subject) {
        long notifications = rounds.getOrDefault(subject, List.of()).stream()
                .mapToLong(Measurement::notifications)
                .sum();
        return sent.getOrDefault(subject, new RecordCounts()).perNotification(notifications);
    }

    /** One figure of a subject, round by round. */
    public double[] figures(Subject subject, ToDoubleFunction<Measurement> figure) {
        return rounds.getOrDefault(subject, List.of()).stream()
                .mapToDouble(figure)
                .toArray();
    }

    /** One figure of a subject, divided by that of a baseline, round by round. */
    public double[] ratios(Subject subject, Subject baseline, ToDoubleFunction<Measurement> figure) {
        return Spread.ratios(figures(subject, figure), figures(baseline, figure));
    }
}

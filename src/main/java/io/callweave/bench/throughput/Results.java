package io.callweave.bench.throughput;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Spread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The results of a benchmark.
 *
 * @param rounds of each subject, in the order of the runs
 * @param linkedShare the share of all sessions that is joined with another one
 * @param lateWindow in simulated time
 */
public record Results(
        BenchOptions options, Map<Subject, List<Measurement>> rounds, double linkedShare, Duration lateWindow) {

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

package io.callweave.bench.competitors;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Spread;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The results of a benchmark.
 *
 * @param rounds of each subject, in the order of the runs
 * @param linkedShare the share of all sessions that is joined with another one
 */
record CompetitorResults(CompetitorOptions options, Map<Competitor, List<Measurement>> rounds, double linkedShare) {

    /** One figure of a subject, round by round. */
    double[] figures(Competitor competitor, ToDoubleFunction<Measurement> figure) {
        return rounds.getOrDefault(competitor, List.of()).stream()
                .mapToDouble(figure)
                .toArray();
    }

    /** One figure of a subject, divided by that of a baseline, round by round. */
    double[] ratios(Competitor subject, Competitor baseline, ToDoubleFunction<Measurement> figure) {
        return Spread.ratios(figures(subject, figure), figures(baseline, figure));
    }
}

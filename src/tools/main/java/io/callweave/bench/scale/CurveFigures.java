package io.callweave.bench.scale;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of a point, as text and picture show them. */
final class CurveFigures {

    private static final double MEGABYTE = 1e6;

    private CurveFigures() {}

    static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray()).median();
    }

    /** Each round divided by the round of the reference before it. */
    static Spread toReference(CurvePoint point, ToDoubleFunction<Measurement> figure) {
        return Spread.of(Spread.ratios(
                point.callweave().stream().mapToDouble(figure).toArray(),
                point.reference().stream().mapToDouble(figure).toArray()));
    }

    static double megabytes(long bytes) {
        return bytes / MEGABYTE;
    }
}

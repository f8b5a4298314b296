package io.callweave.bench.scale;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All points. */
public record ScaleResults(ScaleOptions options, List<CurvePoint> points) {

    public ScaleResults {
        points = List.copyOf(points);
    }

    /** The points of one curve, by value. */
    public List<CurvePoint> of(Curve curve) {
        return points.stream()
                .filter(point -> point.curve() == curve)
                .sorted(Comparator.comparingLong(CurvePoint::value))
                .toList();
    }

    /** What each further settled call takes, from the first point of its curve to the last; empty without two points. */
    public Optional<Footprint.PerCall> perSettledCall() {
        return ends(Curve.SETTLED)
                .map(ends -> ends.last
                        .footprint()
                        .perCall(ends.first.footprint(), ends.last.settledCalls() - ends.first.settledCalls()));
    }

    /** What each further live call takes, without the settled ones; empty if not both of their curves were measured. */
    public Optional<Footprint.PerCall> perLiveCall() {
        return perSettledCall()
                .flatMap(settled -> ends(Curve.LIVE)
                        .map(ends -> ends.last
                                .footprint()
                                .perCall(
                                        ends.first.footprint(),
                                        ends.last.liveCalls() - ends.first.liveCalls(),
                                        ends.last.settledCalls() - ends.first.settledCalls(),
                                        settled)));
    }

    private Optional<Ends> ends(Curve curve) {
        List<CurvePoint> all = of(curve);
        return all.size() < 2 ? Optional.empty() : Optional.of(new Ends(all.get(0), all.get(all.size() - 1)));
    }

    private record Ends(CurvePoint first, CurvePoint last) {}
}

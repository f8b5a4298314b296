package io.callweave.bench.scale;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as a run could have them. */
final class ScaleSamples {

    private static final ScaleOptions OPTIONS =
            new ScaleOptions(List.of(Curve.LIVE, Curve.SETTLED, Curve.RESTORE), 100_000, 1_000, 0, 1, true);

    private ScaleSamples() {}

    static ScaleResults results() {
        return new ScaleResults(
                OPTIONS,
                List.of(
                        point(Curve.LIVE, 1_000, 1_000, 500, 0.1, 20, null),
                        point(Curve.LIVE, 100_000, 101_000, 50_500, 0.2, 320, null),
                        point(Curve.SETTLED, 5_000, 1_000, 5_000, 0.1, 30, null),
                        point(Curve.SETTLED, 105_000, 1_000, 105_000, 0.125, 130, null),
                        point(
                                Curve.RESTORE,
                                10_000,
                                1_000,
                                10_000,
                                0.1,
                                30,
                                new CurvePoint.Restoration(1.5, 4.25, 120_000, 60_000_000))));
    }

    private static CurvePoint point(
            Curve curve,
            long value,
            long live,
            long settled,
            double seconds,
            long megabytes,
            CurvePoint.@Nullable Restoration restoration) {
        long bytes = megabytes * 1_000_000;
        return new CurvePoint(
                curve,
                value,
                live,
                settled,
                0.15,
                List.of(measurement(0.1)),
                List.of(measurement(seconds)),
                List.of(measurement(0.5)),
                new Footprint(bytes, 2 * bytes, 3 * bytes, 4 * bytes),
                restoration);
    }

    private static Measurement measurement(double seconds) {
        return new Measurement(1_000, seconds, new CpuTimes.Reading(seconds, Map.of()));
    }
}

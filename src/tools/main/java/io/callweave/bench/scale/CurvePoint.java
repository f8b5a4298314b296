package io.callweave.bench.scale;

import io.callweave.bench.figures.Measurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one point. Each list has one measurement per round.
 *
 * @param value what the curve counts
 * @param liveCalls the calls that went on at the end of the last round
 * @param settledCalls those that are kept after their end
 * @param linkedShare the share of sessions that were joined with another one, from 0 to 1
 * @param reference the default shape, right before each round
 * @param dsl empty if the baseline was not asked for
 * @param restoration null but for the curve of restores
 */
public record CurvePoint(
        Curve curve,
        long value,
        long liveCalls,
        long settledCalls,
        double linkedShare,
        List<Measurement> reference,
        List<Measurement> callweave,
        List<Measurement> dsl,
        Footprint footprint,
        @Nullable Restoration restoration) {

    public CurvePoint {
        reference = List.copyOf(reference);
        callweave = List.copyOf(callweave);
        dsl = List.copyOf(dsl);
    }

    /** The same figures as a point of another curve. */
    CurvePoint on(Curve other, @Nullable Restoration ofOther) {
        return new CurvePoint(
                other, value, liveCalls, settledCalls, linkedShare, reference, callweave, dsl, footprint, ofOther);
    }

    /**
     * What a lost state directory cost: from the start of the application until it had processed a few notifications in
     * every partition.
     *
     * @param keptSeconds the same with the state directory
     * @param records what was read from changelogs
     */
    public record Restoration(double keptSeconds, double lostSeconds, long records, long changelogBytes) {}
}

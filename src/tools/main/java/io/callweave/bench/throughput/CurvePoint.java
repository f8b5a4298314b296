package io.callweave.bench.throughput;

import io.callweave.bench.figures.Rounds;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one point.
 *
 * @param value what the curve counts
 * @param liveCalls the calls that went on at the end of the last round
 * @param settledCalls those that are kept after their end
 * @param linkedShare the share of sessions that were joined with another one, from 0 to 1
 * @param reference the default size, right before each round
 * @param restart null but for the curve of settled calls
 */
public record CurvePoint(
        Curve curve,
        int value,
        long liveCalls,
        long settledCalls,
        double linkedShare,
        Rounds reference,
        Rounds callweave,
        FootprintMeter.Footprint bytes,
        @Nullable Restart restart) {

    /** From the start of the application until it had processed a few notifications in every partition. */
    record Restart(double secondsWithState, double secondsWithoutState, long changelogBytes) {}

    /** For programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", value);
        json.put("liveCalls", liveCalls);
        json.put("settledCalls", settledCalls);
        json.put("linkedShare", linkedShare);
        json.put("callweave", callweave.json());
        json.put("reference", reference.json());
        json.put("bytes", bytes);
        if (restart != null) {
            json.put("restart", restart);
        }
        return json;
    }
}

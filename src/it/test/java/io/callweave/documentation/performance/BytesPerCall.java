package io.callweave.documentation.performance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each further call takes, from the first point of a curve to a later one.
 *
 * @param upTo the value of the later point
 */
record BytesPerCall(long upTo, double heap, double rocksDb, double state, double changelogs) {

    /** Where the memory for sessions begins to matter. */
    private static final long LEAST_LIVE = 100_000;

    /** To each point with many live calls. With few, other things change as much. */
    static List<BytesPerCall> live(JsonNode scale) {
        JsonNode points = points(scale, "live");
        return IntStream.range(1, points.size())
                .mapToObj(points::required)
                .filter(point -> point.required("value").asLong() >= LEAST_LIVE)
                .map(point -> between(points.required(0), point, "liveCalls"))
                .toList();
    }

    /** To the last point. */
    static BytesPerCall settled(JsonNode scale) {
        JsonNode points = points(scale, "settled");
        return between(points.required(0), points.required(points.size() - 1), "settledCalls");
    }

    private static JsonNode points(JsonNode scale, String curve) {
        return scale.required("curves").required(curve).required("points");
    }

    private static BytesPerCall between(JsonNode first, JsonNode last, String calls) {
        double further = last.required(calls).asDouble() - first.required(calls).asDouble();
        return new BytesPerCall(
                last.required("value").asLong(),
                bytes(first, last, "heap") / further,
                bytes(first, last, "rocksDb") / further,
                bytes(first, last, "state") / further,
                bytes(first, last, "changelogs") / further);
    }

    private static double bytes(JsonNode first, JsonNode last, String what) {
        return last.required("bytes").required(what).asDouble()
                - first.required("bytes").required(what).asDouble();
    }

    double memory() {
        return heap + rocksDb;
    }
}

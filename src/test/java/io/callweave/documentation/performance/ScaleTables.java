package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.median;
import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What changes with the size, each point beside the reference that ran right before it. */
final class ScaleTables {

    private static final String RATE = "perSecond";
    static final String CPU = "cpuSecondsPerMillion";

    private ScaleTables() {}

    /** Points of these curves. */
    static String points(JsonNode scale, List<String> curves) {
        StringBuilder table = new StringBuilder("size | notifications/s | CPU s per million\n---|---|---\n");
        for (String curve : curves) {
            JsonNode node = scale.required("curves").required(curve);
            for (JsonNode point : node.required("points")) {
                table.append(text(
                        "%s: %,d | %s | %s\n",
                        node.required("unit").asText(),
                        point.required("value").asLong(),
                        beside(point, RATE),
                        beside(point, CPU)));
            }
        }
        return table.toString();
    }

    private static String beside(JsonNode point, String figure) {
        return text("%,.0f (%.2f)", median(point.required("callweave").required(figure)), toReference(point, figure));
    }

    /** Divided by the reference, round by round. */
    static double toReference(JsonNode point, String figure) {
        return RunFigures.medianRatio(
                point.required("callweave").required(figure),
                point.required("reference").required(figure));
    }

    static String restarts(JsonNode scale) {
        StringBuilder table = new StringBuilder(
                "settled calls | restart with state directory | without | records read\n---|---|---|---\n");
        for (JsonNode point : scale.required("curves").required("restore").required("points")) {
            JsonNode restart = point.required("restart");
            table.append(text(
                    "%,d | %.1f s | %.1f s | %,d\n",
                    point.required("value").asLong(),
                    restart.required("secondsWithState").asDouble(),
                    restart.required("secondsWithoutState").asDouble(),
                    restart.required("restoredRecords").asLong()));
        }
        return table.toString();
    }

    static String bytes(JsonNode scale) {
        StringBuilder table = new StringBuilder(
                "kB of each further call | heap | RocksDB's memory | state directory | changelogs\n---|---|---|---|---\n");
        for (BytesPerCall bytes : BytesPerCall.live(scale)) {
            row(table, text("live, up to %,d", bytes.upTo()), bytes);
        }
        BytesPerCall settled = BytesPerCall.settled(scale);
        row(table, text("settled, up to %,d", settled.upTo()), settled);
        return table.toString();
    }

    private static void row(StringBuilder table, String call, BytesPerCall bytes) {
        table.append(text(
                "%s | %.1f | %.1f | %.1f | %.1f\n",
                call,
                bytes.heap() / 1_000,
                bytes.rocksDb() / 1_000,
                bytes.state() / 1_000,
                bytes.changelogs() / 1_000));
    }
}

package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;

/** What changes with the size; the curves are pictures. */
final class ScaleTables {

    private ScaleTables() {}

    /** Divided by the reference, round by round. */
    static double toReference(JsonNode point, String figure) {
        return RunFigures.medianRatio(
                point.required("callweave").required(figure),
                point.required("reference").required(figure));
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
                Math.max(0, bytes.heap()) / 1_000, // a later garbage collection can leave a little less
                bytes.rocksDb() / 1_000,
                bytes.state() / 1_000,
                bytes.changelogs() / 1_000));
    }
}

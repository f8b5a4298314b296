package io.callweave.bench.throughput;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Rounds;
import io.callweave.bench.figures.TextTable;
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

    private static final double MEGABYTE = 1e6;

    /** From the start of the application until it had processed a few notifications in every partition. */
    record Restart(double secondsWithState, double secondsWithoutState, long changelogBytes) {}

    /** The columns of {@link #addTo}. */
    public static TextTable table(String unit) {
        return new TextTable(
                unit,
                "live",
                "settled",
                "notifications/s",
                "÷ reference",
                "CPU s per million",
                "÷ reference",
                "heap MB",
                "RocksDB MB",
                "state MB",
                "changelogs MB",
                "restart s",
                "without state s");
    }

    /** Adds a row with medians. */
    public void addTo(TextTable table) {
        table.row(
                "%,d".formatted(value),
                "%,d".formatted(liveCalls),
                "%,d".formatted(settledCalls),
                "%,.0f".formatted(callweave.spread(Measurement::perSecond).median()),
                "%.2f"
                        .formatted(callweave
                                .ratio(reference, Measurement::perSecond)
                                .median()),
                "%.1f".formatted(callweave.spread(Measurement::cpuPerMillion).median()),
                "%.2f"
                        .formatted(callweave
                                .ratio(reference, Measurement::cpuPerMillion)
                                .median()),
                megabytes(bytes.heap()),
                megabytes(bytes.rocksDb()),
                megabytes(bytes.state()),
                megabytes(bytes.changelogs()),
                restart == null ? "" : "%.1f".formatted(restart.secondsWithState()),
                restart == null ? "" : "%.1f".formatted(restart.secondsWithoutState()));
    }

    private static String megabytes(long bytes) {
        return "%,.0f".formatted(bytes / MEGABYTE);
    }

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

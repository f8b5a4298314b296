package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.metrics.ServiceGoals;
import io.callweave.record.RecordedWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Figures of windows together. The windows are not kept: there can be very many. */
final class WindowSums {

    private static final List<String> COUNTS = List.of(
            "calls",
            "answered",
            "missed",
            "abandoned",
            "voicemail",
            "unanswered",
            "fax",
            "answeredElsewhere",
            "overflow");

    private static final List<String> AVERAGES = List.of("handle", "timeToAnswer");

    private final long[] counts = new long[COUNTS.size()];
    private final long[] values = new long[AVERAGES.size()];
    private final long[] sums = new long[AVERAGES.size()];
    private long met;
    private long of;
    private long windows;

    /** Of all windows; null if they have several. */
    private @Nullable Long thresholdMs;

    static WindowSums of(RecordedWindow window) {
        WindowSums sums = new WindowSums();
        sums.add(window);
        return sums;
    }

    void add(RecordedWindow window) {
        Arrays.setAll(counts, i -> counts[i] + window.count(COUNTS.get(i)));
        Arrays.setAll(values, i -> values[i] + window.part(AVERAGES.get(i), "count"));
        Arrays.setAll(sums, i -> sums[i] + window.part(AVERAGES.get(i), "sumMs"));
        met += window.part("serviceLevel", "answeredWithin");
        of += window.part("serviceLevel", "counted");
        thresholdMs = windows == 0 || Objects.equals(thresholdMs, window.thresholdMs()) ? window.thresholdMs() : null;
        windows++;
    }

    boolean isEmpty() {
        return windows == 0;
    }

    void putCounts(ObjectNode object, List<String> names) {
        names.forEach(name -> object.put(name, counts[COUNTS.indexOf(name)]));
    }

    /** Of all values together, rounded half up; null if there are none. */
    @Nullable
    JsonNode average(String figure) {
        int i = AVERAGES.indexOf(figure);
        return values[i] == 0 ? null : LongNode.valueOf(Math.floorDiv(2 * sums[i] + values[i], 2 * values[i]));
    }

    /** @param goal in percent; null for none */
    ObjectNode level(@Nullable Integer goal) {
        ObjectNode level = JsonNodeFactory.instance.objectNode();
        level.put("thresholdMs", thresholdMs).put("met", met).put("of", of).put("goal", goal);
        return level.put(
                "goalReached",
                (goal == null || of == 0) ? null : Boolean.valueOf(ServiceGoals.isReached(goal, met, of)));
    }
}

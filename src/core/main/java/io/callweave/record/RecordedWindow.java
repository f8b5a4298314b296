package io.callweave.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** A window read back from its JSON. A figure is read when it is asked for: few of them are. */
public final class RecordedWindow {

    private final JsonNode json;
    private final long start;
    private final long end;

    private RecordedWindow(JsonNode json) {
        this.json = json;
        try {
            start = Timestamps.millis(json.required("windowStart").asText());
            end = Timestamps.millis(json.required("windowEnd").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("A time is wrong: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a value of the topic of windows.
     *
     * @throws IOException if it is no JSON
     * @throws IllegalArgumentException if it has no times
     */
    public static RecordedWindow of(byte[] value) throws IOException {
        return new RecordedWindow(JsonLimits.tree(value));
    }

    public String accountId() {
        return json.path("accountId").asText();
    }

    /** Such as account or queue. */
    public String scope() {
        return json.path("scope").asText();
    }

    /** Such as the id of a queue. */
    public String scopeId() {
        return json.path("scopeId").asText();
    }

    /** Such as PT1H. */
    public String size() {
        return json.path("window").asText();
    }

    /** In milliseconds since the epoch, inclusive. */
    public long start() {
        return start;
    }

    /** Exclusive. */
    public long end() {
        return end;
    }

    /** A number of calls, such as {@code answered}; 0 if there is none. */
    public long count(String field) {
        return json.path(field).asLong();
    }

    /** A part of a figure, such as {@code sumMs} of {@code talk}; 0 if there is none. */
    public long part(String figure, String field) {
        return json.path(figure).path(field).asLong();
    }

    /** Within which time calls are answered in time; null if the queues of the account have several. */
    public @Nullable Long thresholdMs() {
        JsonNode threshold = json.path("serviceLevel").path("thresholdMs");
        return threshold.isNumber() ? Long.valueOf(threshold.asLong()) : null;
    }
}

package io.callweave.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param body null for none
 */
public record PlatformReply(
        int status, Map<String, String> headers, @Nullable JsonNode body) {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    public static PlatformReply ok(JsonNode body) {
        return new PlatformReply(OK, Map.of(), body);
    }

    public static PlatformReply created(JsonNode body) {
        return new PlatformReply(CREATED, Map.of(), body);
    }

    public static PlatformReply noContent() {
        return new PlatformReply(NO_CONTENT, Map.of(), null);
    }

    /** The same with further headers. */
    public PlatformReply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new PlatformReply(status, all, body);
    }
}

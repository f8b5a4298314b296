package io.callweave.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request, over HTTP or in a frame of a WebSocket.
 *
 * @param path without a query and without a slash at its end
 * @param query the last value of each parameter
 * @param headers by name, in any case
 * @param body empty for none
 * @param base address of this server, such as {@code http://127.0.0.1:8090}
 * @param caller known before only on a WebSocket; null if the request must say who it is
 * @param channel the WebSocket on which it came, null for HTTP
 */
public record PlatformRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        String base,
        @Nullable Caller caller,
        @Nullable FrameChannel channel) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public PlatformRequest {
        path = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    @Nullable
    public String header(String name) {
        return headers.get(name);
    }

    /**
     * The body as JSON.
     *
     * @return missing if the body is empty
     * @throws PlatformError if it is not JSON
     */
    public JsonNode json() {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = MAPPER.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            throw new PlatformError(400, "CMN-103", "JSON can't be parsed");
        }
    }

    /**
     * A positive number in the query.
     *
     * @throws PlatformError if it is none, or more than the most
     */
    public int number(String name, int otherwise, int most) {
        String text = query.getOrDefault(name, Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > most) {
            throw PlatformError.parameter(name);
        }
        return Integer.parseInt(text);
    }

    /** The body as a form. */
    public Map<String, String> form() {
        return pairs(body);
    }

    /** {@code a=1&b=2}, decoded. */
    public static Map<String, String> pairs(@Nullable String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            pairs.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return pairs;
    }

    /** A new object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new PlatformError(400, "CMN-104", "Cannot parse request");
        }
    }
}

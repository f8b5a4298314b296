package io.callweave.deliver.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.deliver.Occurrence;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is posted: type, time and data, as the Standard Webhooks specification recommends. The same in every attempt. */
final class WebhookBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookBody() {}

    /**
     * JSON.
     *
     * @param selected the fields of the value that are wanted; empty for all
     */
    static String of(Occurrence occurrence, List<String> selected) {
        return "{\"type\":\"" + occurrence.type().wireName() + "\",\"timestamp\":\"" + Timestamps.iso(occurrence.time())
                + "\",\"data\":" + data(occurrence.value(), selected) + "}";
    }

    private static String data(byte[] value, List<String> selected) {
        if (selected.isEmpty()) {
            return new String(value, StandardCharsets.UTF_8);
        }
        try {
            JsonNode all = JSON.readTree(value);
            ObjectNode some = JSON.createObjectNode();
            selected.stream().filter(all::has).forEach(field -> some.set(field, all.get(field)));
            return JSON.writeValueAsString(some);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

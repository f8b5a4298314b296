package io.callweave.deliver.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.deliver.Occurrence;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import io.callweave.words.CallWords;
import io.callweave.words.LiveWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is posted: type, time and data, as the Standard Webhooks specification recommends. The same in every attempt. The data
 * are the JSON itself: fields that a later version adds are posted, too.
 */
public final class WebhookBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookBody() {}

    /**
     * JSON. The data of a call have a last member {@code journey}, its steps in words.
     *
     * @param selected the fields of the value that are wanted; empty for all
     */
    public static String of(Occurrence occurrence, List<String> selected) {
        return "{\"type\":\"" + occurrence.type().wireName() + "\",\"timestamp\":\"" + Timestamps.iso(occurrence.time())
                + "\",\"data\":" + data(occurrence, selected) + "}";
    }

    private static String data(Occurrence occurrence, List<String> selected) {
        String value = new String(occurrence.value(), StandardCharsets.UTF_8);
        if (!occurrence.type().isOfCall() && selected.isEmpty()) {
            return value;
        }
        try {
            ObjectNode all = (ObjectNode) JsonLimits.tree(occurrence.value());
            List<String> journey = occurrence.type().isOfCall() ? journey(all) : List.of();
            if (selected.isEmpty()) {
                // Otherwise as on the topic, byte for byte.
                return journey.isEmpty()
                        ? value
                        : value.substring(0, value.lastIndexOf('}')) + ",\"" + Occurrence.JOURNEY + "\":"
                                + JSON.writeValueAsString(journey) + "}";
            }
            if (!journey.isEmpty()) {
                all.set(Occurrence.JOURNEY, JSON.valueToTree(journey));
            }
            ObjectNode some = JSON.createObjectNode();
            selected.stream().filter(all::has).forEach(field -> some.set(field, all.get(field)));
            return JSON.writeValueAsString(some);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the names that RingCentral sent: those of the directory change, and each attempt posts the same. */
    private static List<String> journey(JsonNode call) {
        try {
            return call.path("status").asText().equals("live")
                    ? LiveWords.of(RecordedCall.readLive(call), DirectoryLookup.EMPTY)
                            .journey()
                    : CallWords.of(RecordedCall.read(call), DirectoryLookup.EMPTY)
                            .journey();
        } catch (IllegalArgumentException writtenByOthers) {
            return List.of();
        }
    }
}

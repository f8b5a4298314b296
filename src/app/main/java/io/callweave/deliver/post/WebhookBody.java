package io.callweave.deliver.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.deliver.Occurrence;
import io.callweave.directory.DirectoryEntry;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is posted: type, time and data, as the Standard Webhooks specification recommends. The same in every attempt. The data
 * are the JSON itself: fields that a later version adds are posted, too.
 */
public final class WebhookBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookBody() {}

    /**
     * JSON. The data of a call have two more members: {@code journey}, its steps in words, and {@code extensions}, what the
     * directory knows of its extensions and queues, if it knows any.
     *
     * @param selected the fields of the value that are wanted; empty for all
     * @param names as they are now: an attempt after a change has the new ones
     */
    public static String of(Occurrence occurrence, List<String> selected, DirectoryLookup names) {
        return "{\"type\":\"" + occurrence.type().wireName() + "\",\"timestamp\":\"" + Timestamps.iso(occurrence.time())
                + "\"" + (occurrence.artifactsOnly() ? ",\"changed\":[\"artifacts\"]" : "")
                + ",\"data\":" + data(occurrence, selected, names) + "}";
    }

    private static String data(Occurrence occurrence, List<String> selected, DirectoryLookup names) {
        String value = new String(occurrence.value(), StandardCharsets.UTF_8);
        if (!occurrence.type().isOfCall() && selected.isEmpty()) {
            return value;
        }
        try {
            ObjectNode all = (ObjectNode) JsonLimits.tree(occurrence.value());
            ObjectNode more = occurrence.type().isOfCall() ? more(all, names) : JSON.createObjectNode();
            if (selected.isEmpty()) {
                // Otherwise as on the topic, byte for byte.
                return more.isEmpty()
                        ? value
                        : value.substring(0, value.lastIndexOf('}')) + ","
                                + JSON.writeValueAsString(more).substring(1);
            }
            all.setAll(more);
            ObjectNode some = JSON.createObjectNode();
            selected.stream().filter(all::has).forEach(field -> some.set(field, all.get(field)));
            return JSON.writeValueAsString(some);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode more(JsonNode call, DirectoryLookup names) {
        ObjectNode more = JSON.createObjectNode();
        List<String> journey = journey(call, names);
        if (!journey.isEmpty()) {
            more.set(Occurrence.JOURNEY, JSON.valueToTree(journey));
        }
        ArrayNode extensions = extensions(call, names);
        if (!extensions.isEmpty()) {
            more.set(Occurrence.EXTENSIONS, extensions);
        }
        return more;
    }

    private static List<String> journey(JsonNode call, DirectoryLookup names) {
        try {
            return call.path("status").asText().equals("live")
                    ? LiveWords.of(RecordedCall.readLive(call), names).journey()
                    : CallWords.of(RecordedCall.read(call), names).journey();
        } catch (IllegalArgumentException writtenByOthers) {
            return List.of();
        }
    }

    private static ArrayNode extensions(JsonNode call, DirectoryLookup names) {
        Set<String> ids = new TreeSet<>();
        Stream.of("extensionId", "queueExtensionId")
                .flatMap(field -> call.findValues(field).stream())
                .filter(JsonNode::isTextual)
                .forEach(id -> ids.add(id.asText()));
        ArrayNode extensions = JSON.createArrayNode();
        for (String id : ids) {
            DirectoryEntry entry = names.find(call.path("accountId").asText(), id);
            if (entry != null) {
                extensions
                        .addObject()
                        .put("extensionId", id)
                        .put("name", entry.name())
                        .put("type", entry.type())
                        .put("site", entry.site())
                        .put("department", entry.department());
            }
        }
        return extensions;
    }
}

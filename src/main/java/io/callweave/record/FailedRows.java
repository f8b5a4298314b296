package io.callweave.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.directory.DirectoryEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The party rows of a call that cannot be folded any more: those of its last good record, as it is given out once more.
 * They are read from that record, since there is nothing else that they could be made of.
 */
public final class FailedRows {

    private static final ObjectMapper READER = new ObjectMapper(Json.FACTORY);

    private final JsonNode call;

    private FailedRows(JsonNode call) {
        this.call = call;
    }

    /**
     * The rows of a record, by their keys.
     *
     * @param failed the record, as {@link RewrittenRecord#failed} made it
     * @param directory what is known of an extension of the account; null if nothing
     * @return as {@link PartyRowJson} writes them
     */
    public static Map<String, byte[]> of(byte[] failed, Function<String, @Nullable DirectoryEntry> directory) {
        FailedRows rows;
        try {
            rows = new FailedRows(READER.readTree(failed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (JsonNode party : rows.call.path("parties")) {
            String key = rows.call.path("accountId").asText() + "/"
                    + party.path("telephonySessionId").asText() + "/"
                    + party.path("id").asText();
            all.put(key, rows.row(party, directory));
        }
        return all;
    }

    private byte[] row(JsonNode party, Function<String, @Nullable DirectoryEntry> directory) {
        return Json.write(1024, out -> {
            Json json = new Json(out);
            out.writeStartObject();
            for (String field : new String[] {"accountId", "callId", "revision"}) {
                copy(json, field, call.path(field));
            }
            for (String field : new String[] {"Status", "Direction", "Internal", "Action", "Result"}) {
                copy(json, "call" + field, call.path(Character.toLowerCase(field.charAt(0)) + field.substring(1)));
            }
            copy(json, "telephonySessionId", party.path("telephonySessionId"));
            copy(json, "partyId", party.path("id"));
            for (String field : new String[] {"direction", "role", "extensionId", "queueExtensionId"}) {
                copy(json, field, party.path(field));
            }
            copy(json, "phoneNumber", ownAddress(party).path("phoneNumber"));
            copy(json, "name", ownAddress(party).path("name"));
            for (String field : new String[] {
                "startTime",
                "answerTime",
                "endTime",
                "setupMs",
                "ringMs",
                "talkMs",
                "holdMs",
                "parkMs",
                "endStatus",
                "endReason",
                "missed"
            }) {
                copy(json, field, party.path(field));
            }
            json.flag("transferred", handedOn(party));
            PartyRowJson.directory(
                    json, known(party, "extensionId", directory), known(party, "queueExtensionId", directory));
            out.writeEndObject();
        });
    }

    private static void copy(Json json, String name, JsonNode value) throws IOException {
        if (value.isTextual()) {
            json.string(name, value.asText());
        } else if (value.isIntegralNumber()) {
            json.number(name, value.asLong());
        } else if (value.isBoolean()) {
            json.flag(name, value.asBoolean());
        } else {
            json.none(name);
        }
    }

    private static JsonNode ownAddress(JsonNode party) {
        return switch (party.path("direction").asText()) {
            case "Outbound" -> party.path("from");
            case "Inbound" -> party.path("to");
            default -> party.path("none");
        };
    }

    private boolean handedOn(JsonNode party) {
        for (JsonNode transfer : call.path("transfers")) {
            String kind = transfer.path("kind").asText();
            if ((kind.equals("blind") || kind.equals("attended"))
                    && transfer.at("/by/partyId").equals(party.path("id"))
                    && transfer.at("/by/telephonySessionId").equals(party.path("telephonySessionId"))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable DirectoryEntry known(
            JsonNode party, String field, Function<String, @Nullable DirectoryEntry> directory) {
        JsonNode id = party.path(field);
        return id.isTextual() ? directory.apply(id.asText()) : null;
    }
}

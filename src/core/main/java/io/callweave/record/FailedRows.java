package io.callweave.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.event.Address;
import io.callweave.call.session.Party;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.PartyRowJson.PartyRow;
import io.callweave.value.Field;
import io.callweave.value.JsonLimits;
import io.callweave.value.JsonOut;
import io.callweave.value.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The party rows of a call that can no longer be folded: those of its last good record, which is emitted again. What a row
 * takes from the call or the party is copied out of that record, since there is nothing else that it could be made of.
 */
public final class FailedRows {

    private final ValueType<PartyRow> columns;
    private final JsonNode call;
    private final DirectoryLookup directory;

    private FailedRows(ValueType<PartyRow> columns, JsonNode call, DirectoryLookup directory) {
        this.columns = columns;
        this.call = call;
        this.directory = directory;
    }

    /**
     * The rows of a record, by their keys.
     *
     * @param failed the record, as {@link RewrittenRecord#failed} made it
     * @param directory what is known of extensions
     * @return as {@link PartyRowJson} writes them
     */
    public static Map<String, byte[]> of(byte[] failed, DirectoryLookup directory) {
        return of(PartyRowJson.ROW, failed, directory);
    }

    static Map<String, byte[]> of(ValueType<PartyRow> columns, byte[] failed, DirectoryLookup directory) {
        FailedRows rows;
        try {
            rows = new FailedRows(columns, JsonLimits.tree(failed), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (JsonNode party : rows.call.path("parties")) {
            String key = rows.call.path("accountId").asText() + "/"
                    + party.path("telephonySessionId").asText() + "/"
                    + party.path("partyId").asText();
            all.put(key, rows.row(party));
        }
        return all;
    }

    private byte[] row(JsonNode party) {
        RowFacts facts = new RowFacts(
                ownAddress(party), handedOn(party), known(party, "extensionId"), known(party, "queueExtensionId"));
        Map<String, JsonNode> read = Map.of(CallRecordJson.CALL.name(), call, PartyFields.PARTY.name(), party);
        JsonOut out = new JsonOut(PartyRowJson.USUAL_SIZE);
        out.beginObject();
        for (Field<PartyRow> column : columns.fields()) {
            Field.Part<PartyRow, ?> part =
                    Objects.requireNonNull(column.part(), "A row has nothing but what its parts have.");
            JsonNode source = read.get(part.type().name());
            String name = part.field().name();
            out.name(column.name());
            if (source == null) {
                PartyRowJson.FACTS.field(name).writeValue(out, facts);
            } else {
                copy(out, source.path(name));
            }
        }
        out.endObject();
        return out.toBytes();
    }

    private static void copy(JsonOut out, JsonNode value) {
        if (value.isTextual()) {
            out.text(value.textValue());
        } else if (value.isIntegralNumber()) {
            out.number(value.longValue());
        } else if (value.isBoolean()) {
            out.flag(value.booleanValue());
        } else {
            out.none();
        }
    }

    private static @Nullable Address ownAddress(JsonNode party) {
        JsonNode own = switch (party.path("direction").asText()) {
            case Party.OUTBOUND -> party.path("from");
            case Party.INBOUND -> party.path("to");
            default -> party.path("none");
        };
        return own.isObject()
                ? new Address(
                        own.path("phoneNumber").textValue(),
                        own.path("name").textValue(),
                        own.path("extensionId").textValue(),
                        own.path("extensionNumber").textValue())
                : null;
    }

    private boolean handedOn(JsonNode party) {
        for (JsonNode transfer : call.path("transfers")) {
            String kind = transfer.path("kind").asText();
            if ((kind.equals("blind") || kind.equals("attended"))
                    && transfer.at("/by/partyId").equals(party.path("partyId"))
                    && transfer.at("/by/telephonySessionId").equals(party.path("telephonySessionId"))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable DirectoryEntry known(JsonNode party, String field) {
        JsonNode id = party.path(field);
        return id.isTextual() ? directory.find(call.path("accountId").asText(), id.asText()) : null;
    }
}

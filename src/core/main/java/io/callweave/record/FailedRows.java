package io.callweave.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
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
 * takes from the call or the party is copied out of the record's JSON: read back, a record has only what others need of it.
 */
public final class FailedRows {

    private FailedRows() {}

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
        JsonNode json;
        try {
            json = JsonLimits.tree(failed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CallRecord call = RecordedCall.read(json);
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (int i = 0; i < call.parties().size(); i++) {
            PartyRecord party = call.parties().get(i);
            RowFacts facts = RowFacts.of(
                    call,
                    party,
                    known(call, party.extensionId(), directory),
                    known(call, party.queueExtensionId(), directory));
            all.put(
                    PartyRowJson.key(call, party),
                    row(columns, facts, json, json.path("parties").path(i)));
        }
        return all;
    }

    private static byte[] row(ValueType<PartyRow> columns, RowFacts facts, JsonNode call, JsonNode party) {
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

    private static @Nullable DirectoryEntry known(
            CallRecord call, @Nullable String extension, DirectoryLookup directory) {
        return extension == null ? null : directory.find(call.accountId(), extension);
    }
}

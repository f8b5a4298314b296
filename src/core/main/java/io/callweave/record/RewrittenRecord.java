package io.callweave.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.call.record.Incomplete;
import io.callweave.value.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** An emitted record with some of its fields changed: what is known of a call that was superseded or cannot be folded. */
public final class RewrittenRecord {

    private static final JsonFactory FACTORY = JsonLimits.values();
    private static final String REVISION = "revision";
    private static final String STATUS = "status";
    private static final String INCOMPLETE = "incomplete";
    private static final String SUPERSEDED_BY = "supersededBy";

    private RewrittenRecord() {}

    /**
     * What is emitted when a call can no longer be folded: the last good record, marked as such.
     *
     * @param last the record that was last emitted
     */
    public static byte[] failed(byte[] last, long revision) {
        return rewritten(last, (field, in, out) -> {
            switch (field) {
                case REVISION -> out.writeNumberField(REVISION, revision);
                case STATUS -> out.writeStringField(STATUS, "partial");
                case INCOMPLETE -> {
                    TreeSet<String> reasons = new TreeSet<>(Set.of(Incomplete.INTERNAL_ERROR.wireName()));
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        reasons.add(in.getText());
                    }
                    out.writeFieldName(INCOMPLETE);
                    out.writeArray(reasons.toArray(String[]::new), 0, reasons.size());
                }
                default -> copy(field, in, out);
            }
        });
    }

    /**
     * What is emitted under a call id that has become part of another call.
     *
     * @param last the record that was last emitted there
     * @param supersededBy the call id to follow
     */
    public static byte[] superseded(byte[] last, long revision, String supersededBy) {
        return rewritten(last, (field, in, out) -> {
            switch (field) {
                case REVISION -> out.writeNumberField(REVISION, revision);
                case STATUS -> out.writeStringField(STATUS, "superseded");
                case SUPERSEDED_BY -> out.writeStringField(SUPERSEDED_BY, supersededBy);
                default -> copy(field, in, out);
            }
        });
    }

    /** Writes one field of a record with another value. The parser is at the old value. */
    @FunctionalInterface
    private interface FieldWriter {
        void write(String field, JsonParser in, JsonGenerator out) throws IOException;
    }

    private static byte[] rewritten(byte[] last, FieldWriter fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(last.length + 64);
        try (JsonParser in = FACTORY.createParser(last);
                JsonGenerator out = FACTORY.createGenerator(bytes)) {
            in.nextToken();
            out.writeStartObject();
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                in.nextToken();
                fields.write(field, in, out);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void copy(String field, JsonParser in, JsonGenerator out) throws IOException {
        out.writeFieldName(field);
        out.copyCurrentStructure(in);
    }
}

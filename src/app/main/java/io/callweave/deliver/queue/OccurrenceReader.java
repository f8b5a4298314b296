package io.callweave.deliver.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.callweave.call.completion.CompletionReason;
import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.WebhookIds;
import io.callweave.topics.Headers;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads occurrences from the records of Callweave's topics. */
public final class OccurrenceReader {

    /** Of a live call. */
    private static final int STARTED = 1;

    private static final int ANSWERED = 2;

    private OccurrenceReader() {}

    /**
     * An occurrence and its value as a tree.
     */
    public record Read(Occurrence occurrence, JsonNode tree) {}

    /**
     * A record of {@code calls}.
     *
     * @throws IOException if it is none
     */
    public static Read call(String key, byte[] value, long timestamp, org.apache.kafka.common.header.Headers headers)
            throws IOException {
        JsonNode call = tree(value);
        String gap = Headers.text(headers, Headers.FEED_GAP);
        String account = text(call, "accountId");
        String callId = text(call, "callId");
        Version version =
                new Version(call.path("epoch").asLong(), call.path("revision").asLong(), 0);
        EventType type = typeOf(call, Headers.text(headers, Headers.COMPLETION_REASON));
        String id = WebhookIds.call(account, callId, version);
        byte[] posted = gap == null ? value : with(Occurrence.FEED_GAP, gap, value);
        boolean artifactsOnly = headers.lastHeader(Headers.CHANGED) != null;
        return new Read(new Occurrence(type, account, key, version, id, timestamp, posted, artifactsOnly), call);
    }

    /**
     * What a record of the topic of calls tells.
     *
     * @param reason of its emission; null if its header is not known
     */
    public static EventType typeOf(JsonNode call, @Nullable String reason) {
        return switch (call.path("status").asText()) {
            case "superseded" -> EventType.CALL_SUPERSEDED;
            case "backfilled" -> EventType.CALL_BACKFILLED;
            default -> {
                // What was backfilled has a revision already, and is over only now.
                boolean first = reason == null
                        ? call.path("revision").asLong() <= 1
                        : !reason.equals(CompletionReason.REVISED.wireName());
                yield first ? EventType.CALL_COMPLETED : EventType.CALL_UPDATED;
            }
        };
    }

    /** The same bytes, and one more member at the end of the object. */
    private static byte[] with(String member, String text, byte[] object) {
        String json = new String(object, StandardCharsets.UTF_8);
        String more = ",\"" + member + "\":" + TextNode.valueOf(text) + "}";
        return (json.substring(0, json.lastIndexOf('}')) + more).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A record of {@code live-calls}: the call was answered, or else it started.
     *
     * @throws IOException if it is none
     */
    static Read live(String key, byte[] value, long timestamp, org.apache.kafka.common.header.Headers headers)
            throws IOException {
        JsonNode call = tree(value);
        String account = text(call, "accountId");
        boolean answered = call.hasNonNull("answerTime");
        EventType type = answered ? EventType.CALL_ANSWERED : EventType.CALL_STARTED;
        Version version = new Version(epoch(headers), 0, answered ? ANSWERED : STARTED);
        String id = WebhookIds.live(account, text(call, "callId"), version, type);
        return new Read(new Occurrence(type, account, key, version, id, timestamp, value), call);
    }

    /**
     * A record of {@code party-events}.
     *
     * @throws IOException if it is none
     */
    static Read party(byte[] value, long timestamp, org.apache.kafka.common.header.Headers headers) throws IOException {
        JsonNode event = tree(value);
        String account = text(event, "accountId");
        String session = text(event, "telephonySessionId");
        String party = text(event, "partyId");
        long sequence = event.path("sequence").asLong();
        return new Read(
                new Occurrence(
                        EventType.PARTY_STATUS,
                        account,
                        account + "/" + session + "/" + party,
                        new Version(epoch(headers), sequence, 0),
                        WebhookIds.party(account, session, party, sequence),
                        timestamp,
                        value),
                event);
    }

    /** The value of a header that must be there. */
    static String header(org.apache.kafka.common.header.Headers headers, String name) throws IOException {
        String found = Headers.text(headers, name);
        if (found == null) {
            throw new IOException("no header " + name);
        }
        return found;
    }

    private static long epoch(org.apache.kafka.common.header.Headers headers) throws IOException {
        try {
            return Long.parseLong(header(headers, Headers.EPOCH));
        } catch (NumberFormatException e) {
            throw new IOException(e);
        }
    }

    private static JsonNode tree(byte[] value) throws IOException {
        @Nullable JsonNode tree = JsonLimits.tree(value);
        if (tree == null || !tree.isObject()) {
            throw new IOException("no object");
        }
        return tree;
    }

    private static String text(JsonNode object, String field) throws IOException {
        JsonNode found = object.path(field);
        if (!found.isTextual() || found.asText().isEmpty()) {
            throw new IOException("no " + field);
        }
        return found.asText();
    }
}

package io.callweave.console.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.console.view.CallOutcome;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.CallTexts;
import io.callweave.console.view.Json;
import io.callweave.console.view.NamesIn;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record with what it is found by.
 *
 * @param emittedAt when this record was emitted, in milliseconds since the epoch
 * @param packed the record as on the topic, packed
 */
public record StoredCall(
        String accountId,
        String callId,
        int epoch,
        int revision,
        long startTime,
        long emittedAt,
        String status,
        String direction,
        String outcome,
        long talkMs,
        @Nullable Long waitMs,
        int transfers,
        String extensions,
        String queues,
        String text,
        byte[] packed) {

    /** The status of calls that are part of another one. */
    static final String SUPERSEDED = "superseded";

    /**
     * Reads a record. Names of the directory are no part of it: they change, so those who ask look them up.
     *
     * @throws IllegalArgumentException if it is no call
     */
    public static StoredCall of(JsonNode call, byte[] record, long emittedAt) {
        Long start = Json.time(call, "startTime");
        String account = Json.text(call, "accountId");
        String id = Json.text(call, "callId");
        if (start == null || account == null || id == null) {
            throw new IllegalArgumentException("The record is no call.");
        }
        return new StoredCall(
                account,
                id,
                call.path("epoch").asInt(),
                call.path("revision").asInt(),
                start,
                emittedAt,
                call.path("status").asText(),
                CallRow.direction(call),
                CallOutcome.of(call).word(),
                call.path("talkMs").asLong(),
                CallRow.waitMs(call),
                call.path("transfers").size(),
                ids(NamesIn.extensions(call)),
                ids(Json.stream(call.path("queues"))
                        .map(queue -> queue.path("queueExtensionId").asText())
                        .collect(Collectors.toSet())),
                String.join("\n", CallTexts.of(call)),
                Packed.pack(record));
    }

    /** With a space around each, so that one is not found in another. */
    private static String ids(Set<String> ids) {
        return " " + String.join(" ", ids) + " ";
    }
}

package io.callweave.console.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.console.view.CallOutcome;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.CallTexts;
import io.callweave.console.view.Json;
import io.callweave.console.view.NamesIn;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A record with what it is found by.
 *
 * @param emittedAt when this record was emitted, in milliseconds since the epoch
 * @param queueWaits how long the call waited in each queue, in milliseconds
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
        Map<String, Long> queueWaits,
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
                ids(queues(call)),
                queueWaits(call),
                String.join("\n", CallTexts.of(call)),
                Packed.pack(record));
    }

    /** Each queue of the call, alone and with what became of the call there, which is not what became of it in the end. */
    private static Set<String> queues(JsonNode call) {
        CallOutcome outcome = CallOutcome.of(call);
        boolean ofAll = outcome == CallOutcome.FAX || outcome == CallOutcome.MONITORING;
        Set<String> queues = new TreeSet<>();
        Json.stream(call.path("queues")).forEach(queue -> {
            String id = queue.path("queueExtensionId").asText();
            queues.add(id);
            queues.add(
                    inQueue(id, ofAll ? outcome.word() : queue.path("outcome").asText()));
        });
        return queues;
    }

    private static Map<String, Long> queueWaits(JsonNode call) {
        Map<String, Long> waits = new HashMap<>();
        Json.stream(call.path("queues"))
                .filter(queue -> queue.path("waitMs").isIntegralNumber())
                .forEach(queue -> waits.put(
                        queue.path("queueExtensionId").asText(),
                        queue.path("waitMs").asLong()));
        return waits;
    }

    /** What calls are found by that had this outcome in this queue. */
    public static String inQueue(String queue, String outcome) {
        return queue + "=" + outcome;
    }

    /** With a space around each, so that one is not found in another. */
    private static String ids(Set<String> ids) {
        return " " + String.join(" ", ids) + " ";
    }
}

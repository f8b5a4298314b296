package io.callweave.console.store;

import io.callweave.call.event.Address;
import io.callweave.call.record.CallOutcome;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Party;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.CallTexts;
import io.callweave.console.view.NamesIn;
import io.callweave.record.RecordedCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record with what it is found by.
 *
 * @param emittedAt when this record was emitted, in milliseconds since the epoch
 * @param queueWaits how long the call waited in each queue, in milliseconds
 * @param caller digits of the number, or of the extension in an internal call; null if it is withheld
 * @param called the same of who was called
 * @param rang whether a queue or a phone rang: else the caller was in a menu only
 * @param artifacts kinds of those of the call
 * @param packed the record as on the topic, packed
 */
public record StoredCall(
        String accountId,
        String callId,
        long epoch,
        int revision,
        long startTime,
        long emittedAt,
        String status,
        String direction,
        String outcome,
        long talkMs,
        @Nullable Long waitMs,
        int transfers,
        String artifacts,
        String extensions,
        String queues,
        Map<String, Long> queueWaits,
        String text,
        @Nullable String caller,
        @Nullable String called,
        boolean rang,
        List<KnownAgents.Seen> agents,
        byte[] packed) {

    /** The status of calls that are part of another one. */
    static final String SUPERSEDED = CallRecord.State.SUPERSEDED.word();

    /**
     * A record that was read. Names of the directory are no part of it: they change, so those who ask look them up.
     */
    public static StoredCall of(RecordedCall read, byte[] record, long emittedAt) {
        CallRecord call = read.call();
        return new StoredCall(
                call.accountId(),
                call.callId(),
                read.epoch(),
                (int) read.revision(),
                call.times().startTime(),
                emittedAt,
                call.state().word(),
                CallRow.direction(call),
                CallOutcome.of(call).word(),
                call.times().talkMs(),
                CallRow.waitMs(call),
                call.transfers().size(),
                ids(CallRow.artifacts(call)),
                ids(NamesIn.extensions(call)),
                ids(queues(call)),
                queueWaits(call),
                String.join("\n", CallTexts.of(call)),
                digits(call.from()),
                digits(call.to()),
                rang(call),
                KnownAgents.in(call),
                Packed.pack(record));
    }

    /** Each queue of the call, alone and with what became of the call there, which is not what became of it in the end. */
    private static Set<String> queues(CallRecord call) {
        CallOutcome outcome = CallOutcome.of(call);
        boolean ofAll = outcome == CallOutcome.FAX || outcome == CallOutcome.MONITORING;
        Set<String> queues = new TreeSet<>();
        call.queues().forEach(queue -> {
            String id = queue.queueExtensionId();
            queues.add(id);
            queues.add(inQueue(id, ofAll ? outcome.word() : queue.outcome().wireName()));
        });
        return queues;
    }

    private static @Nullable String digits(@Nullable Address address) {
        String number = address == null
                ? null
                : address.phoneNumber() == null ? address.extensionNumber() : address.phoneNumber();
        String digits = number == null ? "" : CallTexts.digits(number);
        return digits.isEmpty() ? null : digits;
    }

    private static boolean rang(CallRecord call) {
        return !call.queues().isEmpty()
                || call.parties().stream()
                        .anyMatch(party -> party.extensionId() != null
                                && party.ringMs() != null
                                && Party.INBOUND.equals(party.direction()));
    }

    private static Map<String, Long> queueWaits(CallRecord call) {
        Map<String, Long> waits = new HashMap<>();
        call.queues().forEach(queue -> waits.put(queue.queueExtensionId(), queue.waitMs()));
        return waits;
    }

    /** What calls are found by that had this outcome in this queue. */
    public static String inQueue(String queue, String outcome) {
        return queue + "=" + outcome;
    }

    /** With a space around each, so that one is not found in another. Very long ones cannot be searched for. */
    private static String ids(Set<String> ids) {
        return ids.stream()
                .filter(id -> id.length() <= StoreBatch.LONGEST_COUNTED)
                .collect(Collectors.joining(" ", " ", " "));
    }
}

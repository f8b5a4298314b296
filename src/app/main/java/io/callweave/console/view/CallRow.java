package io.callweave.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.Address;
import io.callweave.call.event.Status;
import io.callweave.call.record.CallOutcome;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Segment;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.value.Printable;
import io.callweave.value.Timestamps;
import io.callweave.words.CallWords;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A finished call as a row of the list. */
public final class CallRow {

    private CallRow() {}

    /** The row of a record. */
    public static ObjectNode of(RecordedCall read, DirectoryLookup directory) {
        CallRecord call = read.call();
        CallWords words = CallWords.of(call, directory);
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("accountId", call.accountId());
        row.put("callId", call.callId());
        row.put("revision", read.revision());
        row.put("epoch", read.epoch());
        row.put("status", call.state().word());
        ArrayNode incomplete = row.putArray("incomplete");
        call.incomplete().forEach(reason -> incomplete.add(reason.wireName()));
        row.put("direction", direction(call));
        row.put("outcome", words.outcome().word());
        row.put("result", call.outcome().result());
        row.put("startTime", Timestamps.iso(call.times().startTime()));
        row.put("endTime", Timestamps.iso(call.times().endTime()));
        row.put("durationMs", call.times().durationMs());
        row.put("waitMs", waitMs(call));
        row.put("talkMs", call.isBackfilled() ? null : call.times().talkMs());
        row.put("holdMs", call.isBackfilled() ? null : call.times().holdMs());
        row.set("from", end(words.caller(), call.from()));
        row.set("to", end(words.to(), call.to()));
        row.set("answeredBy", answeredBy(call, words));
        row.set("way", LaneJson.texts(words.way()));
        ArrayNode queues = row.putArray("queues");
        call.queues()
                .forEach(queue -> queues.addObject()
                        .put("id", queue.queueExtensionId())
                        .put("label", words.queue(queue))
                        .put("waitMs", queue.waitMs())
                        .put("outcome", queue.outcome().wireName()));
        row.put("transfers", call.transfers().size());
        ArrayNode artifacts = row.putArray("artifacts");
        artifacts(call).forEach(artifacts::add);
        row.put("sessions", call.sessions().size());
        row.put("partialReason", words.missing().orElse(null));
        ArrayNode extensions = row.putArray("extensions");
        Set<String> ids = NamesIn.extensions(call);
        ids.forEach(extensions::add);
        row.set("names", NamesIn.of(call.accountId(), ids, directory));
        ArrayNode texts = row.putArray("texts");
        CallTexts.of(call).forEach(texts::add);
        return row;
    }

    /** The kinds of what came after the call. */
    public static Set<String> artifacts(CallRecord call) {
        Set<String> kinds = new TreeSet<>();
        call.artifacts().forEach(artifact -> kinds.add(artifact.kind().wireName()));
        return kinds;
    }

    /** Inbound, Outbound or Internal. */
    public static String direction(CallRecord call) {
        return call.internal() ? "Internal" : call.direction();
    }

    /**
     * How long a caller from outside waited: from the start of the call until somebody answered, else until the voicemail or the
     * end. In calls to others, the account itself waits.
     */
    public static @Nullable Long waitMs(CallRecord call) {
        CallOutcome outcome = CallOutcome.of(call);
        if (!direction(call).equals("Inbound") || outcome == CallOutcome.FAX || outcome == CallOutcome.MONITORING) {
            return null;
        }
        Long answered = call.times().timeToAnswerMs();
        if (answered != null) {
            return answered;
        }
        OptionalLong voicemail = call.parties().stream()
                .flatMap(party -> party.segments().stream())
                .filter(segment -> Status.isVoicemail(segment.status()))
                .mapToLong(Segment::startTime)
                .min();
        return voicemail.isEmpty()
                ? call.times().durationMs()
                : Math.max(0, voicemail.getAsLong() - call.times().startTime());
    }

    private static ObjectNode end(String label, @Nullable Address address) {
        String number = address == null
                ? null
                : address.phoneNumber() == null ? address.extensionNumber() : address.phoneNumber();
        return JsonNodeFactory.instance
                .objectNode()
                .put("label", label)
                .put("number", number == null ? null : Printable.of(number))
                .put("extensionId", address == null ? null : address.extensionId());
    }

    private static @Nullable ObjectNode answeredBy(CallRecord call, CallWords words) {
        return call.answeredBy() == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("label", words.answeredBy())
                        .put("extensionId", call.answeredBy().extensionId());
    }
}

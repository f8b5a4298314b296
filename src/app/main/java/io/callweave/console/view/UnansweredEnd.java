package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.journey.CallNames;
import io.callweave.journey.CallWords;
import java.util.Comparator;

/** How a call ended that nobody answered, or its visit to a queue, and where its caller was then. */
final class UnansweredEnd {

    private UnansweredEnd() {}

    /** The result in words; of a call that rang no phone, whether its caller hung up in a menu or a queue. */
    static String of(JsonNode call, CallNames names) {
        String result = CallWords.unanswered(call.path("result").asText());
        if (CallOutcome.of(call) != CallOutcome.MISSED || call.path("internal").asBoolean()) {
            return result;
        }
        boolean rang = Json.stream(call.path("parties"))
                .flatMap(party -> Json.stream(party.path("segments")))
                .anyMatch(segment -> Json.is(segment, "status", "Proceeding"));
        JsonNode last = Json.stream(call.path("parties"))
                .filter(party -> Json.is(party, "direction", "Inbound") && Json.text(party, "startTime") != null)
                .max(Comparator.comparing(party -> party.path("startTime").asText()))
                .orElse(null);
        if (rang || last == null) {
            return result;
        }
        String reason = Json.text(last, "endReason");
        if (reason != null && !reason.equals("CallerDropped") && !reason.equals("Cancelled")) {
            return result;
        }
        return names.isMenu(last)
                ? "caller hung up in the menu"
                : Json.is(last, "role", "queue") ? "caller hung up while waiting" + in(call, names) : result;
    }

    /** The queue in which the caller hung up: " in Support", or nothing. */
    static String in(JsonNode call, CallNames names) {
        return Json.stream(call.path("queues"))
                .filter(queue -> Json.is(queue, "outcome", "abandoned"))
                .reduce((first, second) -> second)
                .map(queue -> " in " + names.queue(queue))
                .orElse("");
    }

    /** Whether the call left a queue because nobody answered: for the voicemail, or for the queue that it came to next. */
    static boolean gaveUp(JsonNode queue, JsonNode call) {
        if (!Json.is(queue, "outcome", "answeredElsewhere")) {
            return Json.is(queue, "outcome", "overflow", "voicemail");
        }
        String entered = queue.path("enterTime").asText();
        String next = Json.stream(call.path("queues"))
                .map(each -> each.path("enterTime").asText())
                .filter(each -> each.compareTo(entered) > 0)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return next != null
                && Json.stream(call.path("parties"))
                        .filter(party -> Json.is(party, "direction", "Inbound"))
                        .map(party -> party.path("answerTime").asText())
                        .noneMatch(answer -> answer.compareTo(entered) >= 0 && answer.compareTo(next) <= 0);
    }
}

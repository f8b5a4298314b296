package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallNames;
import io.callweave.journey.CallWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A finished call as a sentence: who called whom, who answered, and where it went. */
public final class CallSentence {

    private CallSentence() {}

    /**
     * The sentence of a record, without a full stop.
     *
     * @param call as on the topic of call records
     */
    public static String of(JsonNode call, DirectoryLookup directory) {
        CallNames names = new CallNames(call, directory);
        CallWords words = new CallWords(call, directory);
        List<String> parts = new ArrayList<>();
        String called = queues(call, names).orElseGet(words::called);
        parts.add(words.caller() + " \u2192 " + called);
        parts.add(outcome(call, names, called));
        Json.stream(call.path("transfers")).forEach(transfer -> {
            String told = transfer(transfer, names) + (isMissed(call, transfer, names) ? ", who did not answer" : "");
            if (!told.equals(parts.get(parts.size() - 1))) {
                parts.add(told);
            }
        });
        words.allMissing().ifPresent(why -> parts.add("partial: " + why));
        return String.join(", ", parts);
    }

    /** The queues that the call passed before somebody answered; if it was in none, the first one after that. */
    private static Optional<String> queues(JsonNode call, CallNames names) {
        String answered = Json.text(call, "answerTime");
        return Json.stream(call.path("queues"))
                .filter(queue ->
                        answered == null || queue.path("enterTime").asText().compareTo(answered) <= 0)
                .map(names::queue)
                .distinct()
                .reduce((first, next) -> first + ", then " + next)
                .or(() -> Json.stream(call.path("queues")).findFirst().map(names::queue));
    }

    private static String outcome(JsonNode call, CallNames names, String called) {
        return switch (CallOutcome.of(call)) {
            case FAX -> "fax received";
            case MONITORING -> "listened in";
            case VOICEMAIL -> "left on voicemail";
            case ABANDONED ->
                "hung up while waiting" + (call.path("queues").size() > 1 ? UnansweredEnd.in(call, names) : "");
            case MISSED, UNANSWERED -> "not answered: " + UnansweredEnd.of(call, names);
            case ANSWERED ->
                names.find(call.path("answeredBy"))
                        .filter(party -> Json.is(party, "direction", "Inbound"))
                        .map(names::party)
                        .filter(name -> !name.equals(called))
                        .map(name -> "answered by " + name)
                        .orElse("answered");
        };
    }

    /**
     * Whether a person was rung, and neither answered nor the voicemail took the call. Each phone of a person is a party: it is
     * enough if one answered.
     */
    static boolean isMissed(JsonNode call, JsonNode transfer, CallNames names) {
        JsonNode to = names.find(transfer.path("to")).orElse(null);
        if (to == null || !isPerson(to) || names.isMenu(to)) {
            return false;
        }
        String extension = Json.text(to, "extensionId");
        Long rung = Json.time(to, "startTime");
        return Json.stream(call.path("parties"))
                .filter(party -> party.equals(to)
                        || (extension != null
                                && extension.equals(Json.text(party, "extensionId"))
                                && rung != null
                                && Objects.requireNonNullElse(Json.time(party, "startTime"), Long.MIN_VALUE) >= rung))
                .noneMatch(CallSentence::tookTheCall);
    }

    private static boolean isPerson(JsonNode party) {
        return Json.is(party, "role", "participant", "host") && Json.is(party, "direction", "Inbound");
    }

    private static boolean tookTheCall(JsonNode party) {
        return Json.text(party, "answerTime") != null
                || Json.stream(party.path("segments"))
                        .anyMatch(segment -> Json.is(segment, "status", "Voicemail", "VMScreening", "FaxReceive"));
    }

    /** What a transfer did, in words. */
    static String transfer(JsonNode transfer, CallNames names) {
        String who = names.find(transfer.path("to")).map(names::party).orElse("somebody who was not seen");
        return switch (transfer.path("kind").asText()) {
            case "blind", "attended" -> "transferred to " + who;
            case "park", "pickup" -> "picked up by " + who;
            case "conference" -> "joined by " + who;
            case "flip", "switch" -> "moved to another device";
            default -> transfer.path("kind").asText() + " to " + who;
        };
    }
}

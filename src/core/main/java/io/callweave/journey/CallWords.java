package io.callweave.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.directory.DirectoryLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a line or a row says of a call: its direction, who called whom, and the outcome. Words and names, no ids. */
public final class CallWords {

    private static final Set<String> LOST = Set.of("Missed", "Abandoned", "No Answer", "Busy");

    private final JsonNode call;
    private final CallNames names;

    /**
     * Reads nothing yet.
     *
     * @param call a record, as on the topic of call records
     * @param directory names of extensions
     */
    public CallWords(JsonNode call, DirectoryLookup directory) {
        this.call = call;
        names = new CallNames(call, directory);
    }

    /** As inbound, outbound or internal. */
    public String direction() {
        if (call.path("internal").asBoolean()) {
            return "internal";
        }
        return text("direction").equals("Inbound") ? "inbound" : "outbound";
    }

    /** Who called; in a RingOut, who asked for it. */
    public String caller() {
        return names.ringOut().map(RingOut::initiator).orElseGet(names::caller);
    }

    /** Who was called. */
    public String called() {
        return names.ringOut().map(RingOut::target).orElseGet(() -> names.address(call.path("to")));
    }

    /** What happened, in a few words. Who answered is named unless it is the one who was called. */
    public String outcome() {
        List<String> words = new ArrayList<>();
        if (names.ringOut().isPresent()) {
            words.add("RingOut");
        }
        words.add(isMonitoring() ? "listened in" : answer());
        if (CallNames.stream(call.path("transfers")).findAny().isPresent()) {
            words.add("transferred");
        }
        switch (text("status")) {
            case "partial" -> words.add("partial");
            case "superseded" -> words.add("now part of another call");
            default -> {}
        }
        return String.join(", ", words);
    }

    /** Whether it was answered. */
    public boolean answered() {
        return call.path("answerTime").isTextual();
    }

    /** Whether the call should have been answered and was not. */
    public boolean lost() {
        return !answered()
                && LOST.contains(text("result"))
                && names.ringOut().flatMap(RingOut::unanswered).isEmpty();
    }

    /** Whether its only purpose was to listen to another call. */
    public boolean isMonitoring() {
        return text("action").equals("Monitoring");
    }

    /** What the record does not know, by its first reason; nothing if it is complete. */
    public Optional<String> missing() {
        JsonNode reasons = call.path("incomplete");
        return text("status").equals("partial")
                ? Optional.of(reason(reasons.path(0).asText()) + (reasons.size() > 1 ? ", \u2026" : ""))
                : Optional.empty();
    }

    /** All that the record does not know; nothing if it is complete. */
    public Optional<String> allMissing() {
        return text("status").equals("partial")
                ? Optional.of(CallNames.stream(call.path("incomplete"))
                        .map(each -> reason(each.asText()))
                        .collect(Collectors.joining(", ")))
                : Optional.empty();
    }

    /** The result of a call that nobody answered. */
    public static String unanswered(String result) {
        return result.equals("Hang Up") ? "caller hung up" : result.toLowerCase(Locale.ROOT);
    }

    private String answer() {
        if (text("type").equals("Fax")) {
            return "fax received";
        }
        if (!answered()) {
            return names.ringOut().flatMap(RingOut::unanswered).orElseGet(() -> unanswered(text("result")));
        }
        return names.find(call.path("answeredBy"))
                .map(this::answering)
                .filter(name -> !name.equals(called()))
                // An id says nothing to people.
                .filter(name -> !name.equals(
                        "extension " + call.at("/answeredBy/extensionId").asText()))
                .map(name -> name + " answered")
                .orElse("answered");
    }

    /** If the called side was not delivered, the account's own party stands for it: its other end answered. */
    private String answering(JsonNode party) {
        return party.path("direction").asText().equals("Inbound")
                ? names.party(party)
                : names.address(party.path("to"));
    }

    private static String reason(String reason) {
        return switch (reason) {
            case "capped" -> "too long";
            case "internalError" -> "internal error";
            case "missingSession" -> "other part not seen";
            case "noFinalStatus" -> "end not seen";
            case "sequenceGap" -> "event lost";
            case "unseenContinuation" -> "next party not seen";
            default -> reason;
        };
    }

    private String text(String field) {
        return call.path(field).asText();
    }
}

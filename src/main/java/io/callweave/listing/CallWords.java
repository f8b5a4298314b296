package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallNames;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a row of a table says of a call: words and names, no ids. */
final class CallWords {

    private static final double SECOND = 1_000;

    private final JsonNode call;
    private final CallNames names;

    CallWords(JsonNode call, DirectoryLookup directory) {
        this.call = call;
        names = new CallNames(call, directory);
    }

    String direction() {
        if (call.path("internal").asBoolean()) {
            return "internal";
        }
        return text("direction").equals("Inbound") ? "in" : "out";
    }

    String fromTo() {
        return names.address(call.path("from")) + " \u2192 " + names.address(call.path("to"));
    }

    String outcome() {
        String outcome = answer();
        long transfers = CallNames.stream(call.path("transfers")).count();
        return transfers == 0 ? outcome : outcome + ", transferred";
    }

    private String answer() {
        if (text("action").equals("Monitoring")) {
            return "monitoring";
        }
        if (text("type").equals("Fax")) {
            return "fax received";
        }
        if (!call.path("answerTime").isTextual()) {
            return text("result").toLowerCase(Locale.ROOT);
        }
        Optional<String> by = names.find(call.path("answeredBy"))
                .map(this::answering)
                // An id says nothing to people.
                .filter(name -> !name.equals(
                        "extension " + call.at("/answeredBy/extensionId").asText()));
        return by.map(name -> name + " answered").orElse("answered");
    }

    /** If the called side was not delivered, the account's own party stands for it: its other end answered. */
    private String answering(JsonNode party) {
        return party.path("direction").asText().equals("Inbound")
                ? names.party(party)
                : names.address(party.path("to"));
    }

    /** How long the caller waited; empty if nobody answered. */
    String waited() {
        JsonNode wait = call.path("timeToAnswerMs");
        return wait.isNumber() ? clock(wait.asLong()) : "";
    }

    String lasted() {
        return clock(call.path("durationMs").asLong());
    }

    /** As 1:05, or 2:00:05. */
    private static String clock(long millis) {
        Duration length = Duration.ofSeconds(Math.round(millis / SECOND));
        return length.toHours() == 0
                ? "%d:%02d".formatted(length.toMinutes(), length.toSecondsPart())
                : "%d:%02d:%02d".formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
    }

    private String text(String field) {
        return call.path(field).asText();
    }
}

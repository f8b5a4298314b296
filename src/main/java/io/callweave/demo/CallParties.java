package io.callweave.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The parties of a call record, by what people call them. */
final class CallParties {

    private final JsonNode parties;

    CallParties(JsonNode parties) {
        this.parties = parties;
    }

    /** Who answered at the time at which the call was answered. */
    Optional<String> answering(String answerTime) {
        return all().filter(party -> party.path("answerTime").asText().equals(answerTime))
                .filter(party -> party.path("direction").asText().equals("Inbound"))
                .filter(party -> party.path("role").asText().equals("participant"))
                .findFirst()
                .map(party -> nameOf(party.path("to")));
    }

    /**
     * The name of a party that is pointed at.
     *
     * @param reference {@code {telephonySessionId, partyId}} or null
     */
    Optional<String> name(JsonNode reference) {
        return all().filter(party -> party.path("id").equals(reference.path("partyId")))
                .filter(party -> party.path("telephonySessionId").equals(reference.path("telephonySessionId")))
                .findFirst()
                .map(party -> nameOf(party.path(party.path("direction").asText().equals("Inbound") ? "to" : "from")));
    }

    /** An address: a name, of somebody outside with the number; else the number. */
    static String nameOf(JsonNode address) {
        String name = text(address, "name");
        String number = Stream.of("phoneNumber", "extensionNumber")
                .map(field -> text(address, field))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        if (name.isEmpty()) {
            return number.isEmpty() ? "unknown" : number;
        }
        boolean own = !text(address, "extensionId").isEmpty();
        return own || number.isEmpty() ? name : name + " " + number;
    }

    private static String text(JsonNode address, String field) {
        JsonNode value = address.path(field);
        return value.isTextual() ? value.asText() : "";
    }

    private Stream<JsonNode> all() {
        return StreamSupport.stream(parties.spliterator(), false);
    }
}

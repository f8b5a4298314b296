package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallNames;
import io.callweave.journey.CallWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A finished call as a row of the list. */
public final class CallRow {

    private static final Set<String> PEOPLE = Set.of("participant", "host");

    private final JsonNode call;
    private final DirectoryLookup directory;
    private final CallNames names;
    private final CallWords words;

    private CallRow(JsonNode call, DirectoryLookup directory) {
        this.call = call;
        this.directory = directory;
        names = new CallNames(call, directory);
        words = new CallWords(call, directory);
    }

    /**
     * The row of a record.
     *
     * @param call as on the topic of call records
     */
    public static ObjectNode of(JsonNode call, DirectoryLookup directory) {
        return new CallRow(call, directory).row();
    }

    private ObjectNode row() {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("accountId", call.path("accountId").asText());
        row.put("callId", call.path("callId").asText());
        row.put("revision", call.path("revision").asInt());
        row.put("epoch", call.path("epoch").asInt());
        row.put("status", call.path("status").asText());
        row.set("incomplete", call.path("incomplete").deepCopy());
        row.put("direction", direction(call));
        row.put("outcome", CallOutcome.of(call).word());
        row.put("result", Json.text(call, "result"));
        row.put("startTime", Json.text(call, "startTime"));
        row.put("endTime", Json.text(call, "endTime"));
        row.put("durationMs", Json.millis(call, "durationMs"));
        row.put("waitMs", waitMs(call));
        row.put("talkMs", call.path("talkMs").asLong());
        row.put("holdMs", call.path("holdMs").asLong());
        row.set("from", end(words.caller(), call.path("from")));
        row.set("to", end(words.called(), call.path("to")));
        row.set("answeredBy", answeredBy());
        ArrayNode way = row.putArray("way");
        way().forEach(way::add);
        ArrayNode queues = row.putArray("queues");
        Json.stream(call.path("queues"))
                .forEach(queue -> queues.addObject()
                        .put("id", Json.text(queue, "queueExtensionId"))
                        .put("label", names.queue(queue))
                        .put("waitMs", Json.millis(queue, "waitMs"))
                        .put("outcome", Json.text(queue, "outcome")));
        row.put("transfers", call.path("transfers").size());
        row.put("sessions", call.path("sessions").size());
        row.put("partialReason", words.allMissing().orElse(null));
        ArrayNode extensions = row.putArray("extensions");
        NamesIn.extensions(call).forEach(extensions::add);
        row.set("names", NamesIn.of(call, directory));
        ArrayNode texts = row.putArray("texts");
        CallTexts.of(call).forEach(texts::add);
        return row;
    }

    /** Inbound, Outbound or Internal. */
    public static String direction(JsonNode call) {
        return call.path("internal").asBoolean()
                ? "Internal"
                : call.path("direction").asText();
    }

    /**
     * How long a caller from outside waited: from the start of the call until somebody answered, else until the voicemail or the
     * end. In calls to others, the account itself waits.
     */
    public static @Nullable Long waitMs(JsonNode call) {
        CallOutcome outcome = CallOutcome.of(call);
        if (!direction(call).equals("Inbound") || outcome == CallOutcome.FAX || outcome == CallOutcome.MONITORING) {
            return null;
        }
        Long answered = Json.millis(call, "timeToAnswerMs");
        if (answered != null) {
            return answered;
        }
        Long start = Json.time(call, "startTime");
        Long voicemail = Json.stream(call.path("parties"))
                .flatMap(party -> Json.stream(party.path("segments")))
                .filter(segment -> Json.is(segment, "status", "Voicemail", "VMScreening"))
                .map(segment -> Json.time(segment, "startTime"))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return start == null || voicemail == null
                ? Json.millis(call, "durationMs")
                : Long.valueOf(Math.max(0, voicemail - start));
    }

    private static ObjectNode end(String label, JsonNode address) {
        String number = Json.text(address, "phoneNumber");
        return JsonNodeFactory.instance
                .objectNode()
                .put("label", label)
                .put("number", number == null ? Json.text(address, "extensionNumber") : number)
                .put("extensionId", Json.text(address, "extensionId"));
    }

    private @Nullable ObjectNode answeredBy() {
        JsonNode by = call.path("answeredBy");
        if (!by.isObject()) {
            return null;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("label", names.find(by).map(names::party).orElseGet(() -> names.party(by)))
                .put("extensionId", Json.text(by, "extensionId"));
    }

    /** Who had the call, in order. */
    private List<String> way() {
        List<String> way = new ArrayList<>();
        if (!words.answered()) {
            return way;
        }
        Json.stream(call.path("parties"))
                .filter(party -> PEOPLE.contains(party.path("role").asText()))
                .filter(party -> Json.text(party, "extensionId") != null)
                .filter(party -> party.path("talkMs").asLong() > 0 && !names.isMenu(party))
                .sorted(Comparator.comparing(party -> party.path("answerTime").asText()))
                .map(names::party)
                .filter(name -> !way.contains(name))
                .forEach(way::add);
        return way;
    }
}

package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a live call really does. Its value alone does not tell: the last event of a phone may be lost, each phone that a queue
 * rings begins a new {@code since}, and only the directory knows that a queue or a menu answered.
 */
final class LiveDoing {

    /** A call that should have changed by then, and did not, may have ended unseen. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    private static final String QUEUED = "queued";
    private static final String ENDING = "ending";
    private static final List<String> SHORT_STATES = List.of(QUEUED, "ringing", "connecting", "menu", ENDING);

    private final JsonNode live;
    private final DirectoryLookup directory;
    private final JsonNode before;
    private final List<JsonNode> parties;

    private LiveDoing(JsonNode live, @Nullable JsonNode earlier, DirectoryLookup directory) {
        this.live = live;
        this.directory = directory;
        before = (earlier == null ? JsonNodeFactory.instance.objectNode() : earlier).path("doing");
        parties = Json.stream(live.path("parties"))
                .filter(party -> !Json.is(party, "role", "supervisor", "bridge"))
                .toList();
    }

    /**
     * State, times and queue, as docs/console.md describes them.
     *
     * @param earlier what was shown of the call before
     * @param newsAt when its latest event was received
     */
    static ObjectNode of(JsonNode live, @Nullable JsonNode earlier, Instant newsAt, DirectoryLookup directory) {
        return new LiveDoing(live, earlier, directory).tell(newsAt);
    }

    private ObjectNode tell(Instant newsAt) {
        ObjectNode doing = JsonNodeFactory.instance.objectNode();
        String answer = answerTime();
        JsonNode waiting = parties.stream()
                .filter(party -> waits(party, answer))
                .max(Comparator.comparing(party -> party.path("since").asText()))
                .orElse(null);
        boolean caller = parties.stream().anyMatch(party -> !isMachine(party) && !isOfQueue(party));
        boolean callerLeft = !caller && before.path("caller").asBoolean();
        String state = state(waiting, callerLeft, caller, answer);
        String since = Json.text(live, "since");
        if (state.equals(QUEUED)) {
            doing.set("queue", queue(waiting));
            since = Json.text(doing.path("queue"), "enterTime");
        } else if (state.equals(ENDING)) {
            since = state.equals(Json.text(before, "state")) ? Json.text(before, "since") : newsAt.toString();
        } else if (state.equals("menu")) {
            since = parties.stream()
                    .filter(party -> type(party).isPresent())
                    .map(party -> party.path("since").asText())
                    .max(Comparator.naturalOrder())
                    .orElse(since);
        }
        doing.put("state", state).put("since", since == null ? newsAt.toString() : since);
        doing.put("answerTime", answer);
        doing.put("newsAt", newsAt.toString());
        boolean isShort = SHORT_STATES.contains(state);
        doing.put("quietAt", isShort ? newsAt.plus(QUIET).toString() : null);
        doing.put("caller", caller || before.path("caller").asBoolean());
        return doing;
    }

    private String state(@Nullable JsonNode waiting, boolean callerLeft, boolean caller, @Nullable String answer) {
        String sent = live.path("state").asText();
        boolean machineTalks = sent.equals("talking") && answer == null;
        boolean waited = QUEUED.equals(Json.text(before, "state")) && answer == null;
        if (sent.equals(QUEUED) || machineTalks || (sent.equals("connecting") && waited)) {
            if (callerLeft) {
                return ENDING;
            }
            if (waiting != null || (waited && caller)) {
                return QUEUED;
            }
            if (sent.equals(QUEUED)) {
                return ENDING;
            }
        }
        if (machineTalks) {
            return "menu";
        }
        if (!sent.equals("connecting")) {
            return sent;
        }
        boolean menu = parties.stream().anyMatch(party -> type(party).isPresent());
        return !caller && (callerLeft || !menu) ? ENDING : menu ? "menu" : sent;
    }

    /** When a person answered: RingCentral shows only at its end that a party is a menu. */
    private @Nullable String answerTime() {
        String sent = Json.text(live, "answerTime");
        if (sent == null || type(live.path("answeredBy")).isEmpty()) {
            return sent;
        }
        String known = Json.text(before, "answerTime");
        return known != null
                ? known
                : parties.stream()
                        .filter(party -> Json.is(party, "direction", "Inbound") && Json.is(party, "status", "Answered"))
                        .filter(party -> !isMachine(party))
                        .map(party -> party.path("since").asText())
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    /** A phone that rang before the answer and seems to ring still has lost its end. */
    private boolean waits(JsonNode party, @Nullable String answer) {
        boolean open = isQueue(party) || (isOfQueue(party) && !Json.is(party, "status", "Answered", "Hold", "Parked"));
        return open && (answer == null || party.path("since").asText().compareTo(answer) >= 0);
    }

    /** The queue and when the call came to it: phones that it rings come and go. */
    private JsonNode queue(@Nullable JsonNode waiting) {
        JsonNode known = before.path("queue");
        if (waiting == null) {
            return known.deepCopy();
        }
        String ofParty = Json.text(waiting, "queueExtensionId");
        String id = ofParty == null ? Json.text(waiting, "extensionId") : ofParty;
        String since = parties.stream()
                .filter(party -> id != null
                        && (id.equals(Json.text(party, "queueExtensionId"))
                                || id.equals(Json.text(party, "extensionId"))))
                .filter(party -> waits(party, answerTime()))
                .map(party -> party.path("since").asText())
                .min(Comparator.naturalOrder())
                .orElse(waiting.path("since").asText());
        String entered = Json.text(known, "enterTime");
        boolean goesOn = entered != null
                && entered.compareTo(since) < 0
                && known.path("id").asText().equals(id)
                && QUEUED.equals(Json.text(before, "state"));
        return JsonNodeFactory.instance.objectNode().put("id", id).put("enterTime", goesOn ? entered : since);
    }

    private boolean isOfQueue(JsonNode party) {
        return Json.text(party, "queueExtensionId") != null || isQueue(party);
    }

    private boolean isQueue(JsonNode party) {
        return Json.is(party, "role", "queue")
                || type(party).filter(DirectoryEntry.QUEUE::equals).isPresent();
    }

    private boolean isMachine(JsonNode party) {
        return Json.is(party, "role", "queue") || type(party).isPresent();
    }

    /** Queue or menu; empty for people, and for what the directory does not know. */
    private Optional<String> type(JsonNode party) {
        String extension = Json.text(party, "extensionId");
        DirectoryEntry entry =
                extension == null ? null : directory.find(live.path("accountId").asText(), extension);
        return Optional.ofNullable(entry)
                .map(DirectoryEntry::type)
                .filter(type -> type.equals(DirectoryEntry.QUEUE) || type.equals(DirectoryEntry.IVR));
    }
}

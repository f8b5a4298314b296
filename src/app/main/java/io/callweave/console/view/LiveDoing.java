package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.AnsweredBy;
import io.callweave.call.event.Status;
import io.callweave.call.live.LiveCall;
import io.callweave.call.live.LiveParty;
import io.callweave.call.session.Party;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a live call really does. Its value alone does not tell: the last event of a phone may be lost, each phone that a queue
 * rings begins a new {@code since}, and only the directory knows that a queue or a menu answered.
 */
final class LiveDoing {

    /** A call that should have changed by then, and did not, may have ended unseen. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    private static final int MOST_QUEUES = 50;

    private static final String QUEUED = "queued";
    private static final String ENDING = "ending";
    private static final List<String> AWAY = List.of("onHold", "parked");
    private static final List<String> SHORT_STATES = List.of(QUEUED, "ringing", "connecting", "menu", ENDING);

    private static final Set<String> IN_TALK = Set.of(Status.ANSWERED, Status.HOLD, Status.PARKED);
    private static final Set<String> NOT_ON_THE_WAY = Set.of(Status.ANSWERED, Status.DISCONNECTED, Status.GONE);

    private final LiveCall live;
    private final JsonNode before;
    private final LiveParties parties;
    private final Instant newsAt;
    private final long lagMs;
    private final @Nullable String answer;
    private final @Nullable String lastAnswer;

    private LiveDoing(LiveCall live, @Nullable JsonNode earlier, Instant newsAt, DirectoryLookup directory) {
        this.live = live;
        before = (earlier == null ? JsonNodeFactory.instance.objectNode() : earlier).path("doing");
        parties = new LiveParties(live, directory);
        this.newsAt = newsAt;
        lagMs = lagMs();
        answer = answerTime();
        lastAnswer = lastAnswer();
    }

    /**
     * State, times and queue, as docs/figures.md describes them.
     *
     * @param earlier what was shown of the call before
     * @param newsAt when its latest event was received
     */
    static ObjectNode of(LiveCall live, @Nullable JsonNode earlier, Instant newsAt, DirectoryLookup directory) {
        return new LiveDoing(live, earlier, newsAt, directory).tell();
    }

    /**
     * How much later than it happened the latest event was received. Events whose party is over are not in the value, so the
     * smallest difference that was seen is the best.
     */
    private long lagMs() {
        long call = Math.max(live.startTime(), live.since());
        long happened = parties.stream().mapToLong(LiveParty::since).reduce(call, Math::max);
        return Math.min(before.path("lagMs").asLong(Long.MAX_VALUE), Math.max(0, newsAt.toEpochMilli() - happened));
    }

    private ObjectNode tell() {
        ObjectNode doing = JsonNodeFactory.instance.objectNode();
        LiveParty waiting = parties.stream()
                .filter(this::waits)
                .max(Comparator.comparing(LiveDoing::since))
                .orElse(null);
        boolean caller = parties.hasCaller();
        String state = state(waiting, caller);
        String since = Timestamps.iso(live.since());
        if (state.equals(QUEUED)) {
            doing.set("queue", queue(waiting));
            since = Json.text(doing.path("queue"), "enterTime");
        } else if (state.equals(ENDING)) {
            since = state.equals(Json.text(before, "state")) ? Json.text(before, "since") : newsAt.toString();
        } else if (state.equals("menu")) {
            since = parties.stream()
                    .filter(party -> parties.type(party.extensionId()).isPresent())
                    .map(LiveDoing::since)
                    .max(Comparator.naturalOrder())
                    .orElse(since);
        } else if (state.equals("connecting") && answer != null) {
            // The call is older than the transfer that is on its way.
            since = onTheWay()
                    .map(LiveDoing::since)
                    .min(Comparator.naturalOrder())
                    .orElse(since);
        }
        doing.put("state", state).put("since", since == null ? newsAt.toString() : since);
        doing.put("answerTime", answer);
        doing.put("lastAnswer", lastAnswer);
        doing.put("awayMs", awayMs(doing));
        doing.put("newsAt", newsAt.toString()).put("lagMs", lagMs);
        boolean isShort = SHORT_STATES.contains(state);
        doing.put("quietAt", isShort ? newsAt.plus(QUIET).toString() : null);
        ArrayNode queues = doing.putArray("queues");
        queues().forEach(queues::add);
        doing.put("caller", caller || before.path("caller").asBoolean());
        doing.put("callerHere", caller);
        return doing;
    }

    /** Those where it is and those that it passed, the latest of them: nobody looks for all, and they would fill the memory. */
    private List<String> queues() {
        List<String> here = parties.stream()
                .filter(parties::isOfQueue)
                .map(LiveDoing::queueOf)
                .distinct()
                .toList();
        Stream<String> passed =
                Json.stream(before.path("queues")).map(JsonNode::asText).filter(each -> !here.contains(each));
        List<String> all = Stream.concat(passed, here.stream()).toList();
        return all.subList(Math.max(0, all.size() - MOST_QUEUES), all.size());
    }

    /** How long the call was on hold or parked before, which is no talk. */
    private long awayMs(JsonNode doing) {
        long known = before.path("awayMs").asLong();
        Long begun = Json.time(before, "since");
        String was = Json.text(before, "state");
        if (begun == null || was == null || !AWAY.contains(was) || was.equals(Json.text(doing, "state"))) {
            return known;
        }
        Long ended = Json.time(doing, "since");
        long end = ended == null || ended < begun ? newsAt.toEpochMilli() - lagMs : ended;
        return known + Math.max(0, end - begun);
    }

    private String state(@Nullable LiveParty waiting, boolean caller) {
        String sent = live.state().wireName();
        boolean callerLeft = !caller && before.path("caller").asBoolean();
        boolean machineTalks = sent.equals("talking") && machineTalks();
        boolean waited = waitedSince() != null;
        if (sent.equals(QUEUED) || machineTalks || (sent.equals("connecting") && (waited || waiting != null))) {
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
        boolean menu = parties.stream()
                .anyMatch(party -> parties.type(party.extensionId()).isPresent());
        boolean nobodyLeft = !menu
                && (answer == null
                        ? !parties.hasSomebody()
                        : onTheWay().findAny().isEmpty());
        return callerLeft || nobodyLeft ? ENDING : menu ? "menu" : sent;
    }

    /** Those to whom the call goes after a person has talked: a caller who seems to be alone has lost the end. */
    private Stream<LiveParty> onTheWay() {
        return parties.stream()
                .filter(party -> !NOT_ON_THE_WAY.contains(party.status()))
                .filter(this::isAfterAnswer);
    }

    /** Whether only a queue or a menu talks to the caller: before a person answers, or after one has transferred the call. */
    private boolean machineTalks() {
        return answer == null
                || (parties.talking().findAny().isEmpty()
                        && parties.stream()
                                .filter(party -> parties.isMachine(party)
                                        && party.status().equals(Status.ANSWERED))
                                .anyMatch(this::isAfterAnswer));
    }

    /** When a person answered: a menu is known only when it ends. */
    private @Nullable String answerTime() {
        String sent = live.answerTime() == null ? null : Timestamps.iso(live.answerTime());
        AnsweredBy by = live.answeredBy();
        if (sent == null || parties.type(by == null ? null : by.extensionId()).isEmpty()) {
            return sent;
        }
        String known = Json.text(before, "answerTime");
        return known != null
                ? known
                : parties.stream()
                        .filter(party -> Party.INBOUND.equals(party.direction())
                                && party.status().equals(Status.ANSWERED))
                        .filter(party -> !parties.isMachine(party))
                        .map(LiveDoing::since)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    /** When a person last began to talk: after a transfer, somebody else does. */
    private @Nullable String lastAnswer() {
        Stream<@Nullable String> known = Stream.of(answer, Json.text(before, "lastAnswer"));
        return Stream.concat(
                        known.filter(Objects::nonNull),
                        answer == null ? Stream.empty() : parties.talking().map(LiveDoing::since))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** A phone that rang before the last answer and seems to ring still has lost its end. */
    private boolean waits(LiveParty party) {
        boolean open = parties.isQueue(party) || (parties.isOfQueue(party) && !IN_TALK.contains(party.status()));
        return open && isAfterAnswer(party);
    }

    /** The queue that rings a party, or that it is. */
    private static String queueOf(LiveParty party) {
        String rings = party.queueExtensionId();
        return Objects.requireNonNullElse(rings == null ? party.extensionId() : rings, "");
    }

    private static String since(LiveParty party) {
        return Timestamps.iso(party.since());
    }

    private boolean isAfterAnswer(LiveParty party) {
        return lastAnswer == null || since(party).compareTo(lastAnswer) >= 0;
    }

    /** When the call came to the queue where it waited until now; null if it did not wait, or was answered since. */
    private @Nullable String waitedSince() {
        String entered = Json.text(before.path("queue"), "enterTime");
        return entered != null && (lastAnswer == null || lastAnswer.compareTo(entered) <= 0) ? entered : null;
    }

    /** The queue and when the call came to it: phones that it rings come and go. */
    private JsonNode queue(@Nullable LiveParty waiting) {
        JsonNode known = before.path("queue");
        if (waiting == null) {
            return known.deepCopy();
        }
        String id = queueOf(waiting);
        String since = parties.stream()
                .filter(this::waits)
                .filter(party -> queueOf(party).equals(id))
                .map(LiveDoing::since)
                .min(Comparator.naturalOrder())
                .orElse(since(waiting));
        String entered = waitedSince();
        boolean goesOn = entered != null
                && entered.compareTo(since) < 0
                && known.path("id").asText().equals(id);
        return JsonNodeFactory.instance.objectNode().put("id", id).put("enterTime", goesOn ? entered : since);
    }
}

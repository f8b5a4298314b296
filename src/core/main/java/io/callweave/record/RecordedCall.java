package io.callweave.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.AnsweredBy;
import io.callweave.call.calllog.CallLogRefs;
import io.callweave.call.calllog.CallResult;
import io.callweave.call.calllog.Leg;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactKind;
import io.callweave.call.joining.Link;
import io.callweave.call.live.LiveCall;
import io.callweave.call.live.LiveParty;
import io.callweave.call.live.LiveState;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.CallGraph;
import io.callweave.call.record.CallLogEntry;
import io.callweave.call.record.CallPeople;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.CallTimes;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Ranges;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import io.callweave.call.transfer.NumberSeen;
import io.callweave.call.transfer.Transfer;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call read back from its JSON, as far as figures, words and searches need it: recordings and references are left out.
 * Only the record knows which party's answer was the call's, so no party of such a record is {@code answering}.
 *
 * @param revision counts the records of the call
 * @param epoch of the state that it was emitted from
 * @param supersededBy the call that this one is part of; null if it is none
 */
public record RecordedCall(
        CallRecord call,
        long revision,
        long epoch,
        @Nullable String supersededBy) {

    /**
     * Reads a value of the topic of calls.
     *
     * @throws IOException if it is no JSON
     * @throws IllegalArgumentException if a field that every record has is missing or wrong
     */
    public static RecordedCall of(byte[] value) throws IOException {
        return of(JsonLimits.tree(value));
    }

    /** The same of a value that is parsed already. */
    public static RecordedCall of(JsonNode json) {
        return new RecordedCall(
                read(json), json.path("revision").asLong(), json.path("epoch").asLong(), text(json, "supersededBy"));
    }

    /**
     * The call alone.
     *
     * @throws IllegalArgumentException if a field that every record has is missing or wrong
     */
    public static CallRecord read(JsonNode json) {
        try {
            return new CallRecord(
                    json.required("callId").asText(),
                    json.required("accountId").asText(),
                    state(json.required("status").asText()),
                    new TreeSet<>(incomplete(json.path("incomplete"))),
                    json.required("direction").asText(),
                    json.path("internal").asBoolean(),
                    new CallResult(
                            json.required("type").asText(),
                            json.required("action").asText(),
                            json.required("result").asText()),
                    times(json),
                    new CallPeople(
                            address(json.path("from")),
                            address(json.path("to")),
                            text(json, "callerName"),
                            answeredBy(json.path("answeredBy")),
                            null,
                            list(json.path("queues"), RecordedCall::queue),
                            CallLogRefs.NONE),
                    list(json.path("sessions"), RecordedCall::session),
                    new TreeSet<>(list(json.path("missingSessions"), JsonNode::asText)),
                    new CallGraph(
                            list(json.path("legs"), RecordedCall::leg),
                            list(json.path("parties"), RecordedCall::party),
                            list(json.path("links"), RecordedCall::link),
                            list(json.path("transfers"), RecordedCall::transfer),
                            list(json.path("numbers"), RecordedCall::number)),
                    list(json.path("artifacts"), RecordedCall::artifact),
                    list(json.path("callLog"), RecordedCall::logEntry));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("A time is wrong: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a live call.
     *
     * @throws IllegalArgumentException if a field that every live call has is missing or wrong
     */
    public static LiveCall readLive(JsonNode json) {
        try {
            return new LiveCall(
                    json.required("accountId").asText(),
                    json.required("callId").asText(),
                    oneOf(LiveState.values(), LiveState::wireName, json.required("state"), "state of a live call"),
                    time(json, "since"),
                    json.path("direction").asText(),
                    json.path("internal").asBoolean(),
                    json.path("action").asText(),
                    time(json, "startTime"),
                    timeOrNull(json, "answerTime"),
                    address(json.path("from")),
                    address(json.path("to")),
                    answeredBy(json.path("answeredBy")),
                    list(json.path("sessions"), JsonNode::asText),
                    list(json.path("parties"), RecordedCall::liveParty));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("A time is wrong: " + e.getMessage(), e);
        }
    }

    private static LiveParty liveParty(JsonNode json) {
        return new LiveParty(
                ref(json),
                role(json.path("role")),
                text(json, "direction"),
                text(json, "extensionId"),
                text(json, "queueExtensionId"),
                text(json, "phoneNumber"),
                text(json, "name"),
                json.path("status").asText(),
                text(json, "reason"),
                time(json, "since"));
    }

    private static CallRecord.State state(String word) {
        return switch (word) {
            case "complete" -> CallRecord.State.COMPLETE;
            case "backfilled" -> CallRecord.State.BACKFILLED;
            case "superseded" -> CallRecord.State.SUPERSEDED;
            default -> CallRecord.State.PARTIAL;
        };
    }

    private static @Nullable AnsweredBy answeredBy(JsonNode json) {
        return json.isObject()
                ? new AnsweredBy(
                        new PartyRef(json.path("telephonySessionId").asText(), text(json, "partyId")),
                        text(json, "extensionId"),
                        text(json, "queueExtensionId"),
                        text(json, "phoneNumber"),
                        text(json, "name"))
                : null;
    }

    /** A later version can have more reasons. */
    private static Set<Incomplete> incomplete(JsonNode words) {
        Set<Incomplete> reasons = EnumSet.noneOf(Incomplete.class);
        for (JsonNode word : words) {
            for (Incomplete reason : Incomplete.values()) {
                if (reason.wireName().equals(word.asText())) {
                    reasons.add(reason);
                }
            }
        }
        return reasons;
    }

    private static CallTimes times(JsonNode json) {
        Long end = timeOrNull(json, "endTime");
        return new CallTimes(
                time(json, "startTime"),
                end == null ? time(json, "startTime") : end,
                timeOrNull(json, "answerTime"),
                millisOrNull(json, "ringMs"),
                json.path("talkMs").asLong(),
                json.path("holdMs").asLong(),
                json.path("parkMs").asLong());
    }

    private static QueueVisit queue(JsonNode json) {
        return new QueueVisit(
                json.required("queueExtensionId").asText(),
                text(json, "name"),
                time(json, "enterTime"),
                timeOrNull(json, "answerTime"),
                time(json, "leaveTime"),
                oneOf(
                        QueueVisit.Outcome.values(),
                        QueueVisit.Outcome::wireName,
                        json.required("outcome"),
                        "outcome of a queue"));
    }

    private static SessionRecord session(JsonNode json) {
        return new SessionRecord(
                json.required("telephonySessionId").asText(),
                text(json, "sessionId"),
                text(json, "origin"),
                time(json, "startTime"),
                time(json, "endTime"),
                json.path("firstSequence").asLong(),
                json.path("lastSequence").asLong(),
                new Ranges(list(json.path("missingSequences"), RecordedCall::range)),
                json.path("partyEvents").asInt());
    }

    private static Ranges.Range range(JsonNode json) {
        return new Ranges.Range(json.path(0).asLong(), json.path(1).asLong());
    }

    private static Leg leg(JsonNode json) {
        return new Leg(
                ref(json),
                json.path("master").asBoolean(),
                json.path("legType").asText(),
                json.path("type").asText(),
                text(json, "direction"),
                json.path("action").asText(),
                json.path("result").asText(),
                text(json, "reason"),
                null,
                null,
                text(json, "queueExtensionId"),
                time(json, "startTime"),
                json.path("durationMs").asLong(),
                CallLogRefs.NONE);
    }

    private static PartyRecord party(JsonNode json) {
        return new PartyRecord(
                ref(json),
                text(json, "direction"),
                role(json.path("role")),
                text(json, "accountId"),
                text(json, "extensionId"),
                text(json, "queueExtensionId"),
                address(json.path("from")),
                address(json.path("to")),
                time(json, "startTime"),
                timeOrNull(json, "answerTime"),
                timeOrNull(json, "endTime"),
                text(json, "endStatus"),
                text(json, "endReason"),
                json.path("setupMs").asLong(),
                millisOrNull(json, "ringMs"),
                json.path("talkMs").asLong(),
                json.path("holdMs").asLong(),
                json.path("parkMs").asLong(),
                json.path("missed").asBoolean(),
                null,
                null,
                peer(json.path("peer")),
                list(json.path("segments"), RecordedCall::segment),
                List.of(),
                json.path("queueCall").asBoolean(),
                false,
                false,
                text(json, "sipCallId"),
                text(json, "deviceId"));
    }

    private static Role role(JsonNode word) {
        return oneOf(Role.values(), EnumNames::lowerCase, word, "role of a party");
    }

    private static <T> T oneOf(T[] values, Function<T, String> name, JsonNode word, String what) {
        for (T value : values) {
            if (name.apply(value).equals(word.asText())) {
                return value;
            }
        }
        throw new IllegalArgumentException("The " + what + " is not known: " + word.asText());
    }

    private static Link link(JsonNode json) {
        return new Link(
                oneOf(Link.Kind.values(), LinkFields::kind, json.required("kind"), "kind of a link"),
                text(json, "reason"),
                time(json, "time"),
                ref(json.required("from")),
                ref(json.required("to")));
    }

    private static NumberSeen number(JsonNode json) {
        return new NumberSeen(
                text(json, "phoneNumber"),
                text(json, "extensionId"),
                text(json, "extensionNumber"),
                text(json, "name"),
                time(json, "firstSeen"),
                oneOf(
                        NumberSeen.IntroducedBy.values(),
                        EnumNames::lowerCase,
                        json.required("introducedBy"),
                        "way of a number"));
    }

    private static Artifact artifact(JsonNode json) {
        return new Artifact(
                oneOf(FactKind.values(), FactKind::wireName, json.required("kind"), "kind of an artifact"),
                json.required("id").asText(),
                json.required("telephonySessionId").asText(),
                text(json, "partyId"),
                text(json, "extensionId"),
                text(json, "contentUri"),
                text(json, "contentType"),
                millisOrNull(json, "durationMs"),
                timeOrNull(json, "createdAt"),
                timeOrNull(json, "readyAt"),
                new Artifact.Insights(
                        text(json, "recordingId"),
                        text(json, "summary"),
                        text(json, "notes"),
                        list(json.path("nextSteps"), JsonNode::asText),
                        text(json, "sentiment"),
                        text(json, "score")));
    }

    private static CallLogEntry logEntry(JsonNode json) {
        JsonNode billing = json.path("billing");
        return new CallLogEntry(
                json.required("id").asText(),
                json.required("telephonySessionId").asText(),
                new FactContent.LogEntry(
                        "",
                        json.path("direction").asText(),
                        json.path("action").asText(),
                        json.path("result").asText(),
                        time(json, "startTime"),
                        json.path("durationMs").asLong(),
                        address(json.path("from")),
                        address(json.path("to")),
                        text(json, "extensionId"),
                        text(json, "recordingId"),
                        null,
                        amount(billing.path("costIncluded")),
                        amount(billing.path("costPurchased")),
                        List.of()),
                timeOrNull(json, "lastModifiedTime"));
    }

    private static @Nullable BigDecimal amount(JsonNode json) {
        return json.isNumber() ? json.decimalValue() : null;
    }

    private static Segment segment(JsonNode json) {
        return new Segment(
                json.path("status").asText(), text(json, "reason"), time(json, "startTime"), time(json, "endTime"));
    }

    private static Transfer transfer(JsonNode json) {
        return new Transfer(
                oneOf(Transfer.Kind.values(), EnumNames::lowerCase, json.required("kind"), "kind of a transfer"),
                time(json, "time"),
                ref(json.required("by")),
                refOrNull(json.path("from")),
                refOrNull(json.path("to")));
    }

    private static @Nullable Peer peer(JsonNode json) {
        return json.isObject()
                ? new Peer(json.path("telephonySessionId").asText(), text(json, "sessionId"), text(json, "partyId"))
                : null;
    }

    private static PartyRef ref(JsonNode json) {
        return new PartyRef(json.required("telephonySessionId").asText(), text(json, "partyId"));
    }

    private static @Nullable PartyRef refOrNull(JsonNode json) {
        return json.isObject() ? ref(json) : null;
    }

    private static @Nullable Address address(JsonNode json) {
        return json.isObject()
                ? new Address(
                        text(json, "phoneNumber"),
                        text(json, "name"),
                        text(json, "extensionId"),
                        text(json, "extensionNumber"))
                : null;
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>(json.size());
        json.forEach(each -> values.add(read.apply(each)));
        return values;
    }

    private static long time(JsonNode json, String field) {
        return Timestamps.millis(json.required(field).asText());
    }

    private static @Nullable Long timeOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? Long.valueOf(time(json, field)) : null;
    }

    private static @Nullable Long millisOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? Long.valueOf(json.path(field).asLong()) : null;
    }

    /** An empty text says nothing. */
    private static @Nullable String text(JsonNode json, String field) {
        return json.hasNonNull(field) && !json.path(field).asText().isEmpty()
                ? json.path(field).asText()
                : null;
    }
}

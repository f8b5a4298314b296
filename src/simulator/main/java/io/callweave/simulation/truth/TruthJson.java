package io.callweave.simulation.truth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.PeerRef;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.Wire;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.platform.WireStatus;
import io.callweave.simulation.scene.HandOver;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Writes a truth as a line of JSON, in the form of a call record. */
final class TruthJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SeenCall call;
    private final Wire wire;

    TruthJson(SeenCall call, Wire wire) {
        this.call = call;
        this.wire = wire;
    }

    String write(Map<String, SortedSet<Long>> lost) {
        TelephonySession first = call.first().session();
        List<String> incomplete = call.incomplete();
        ObjectNode json = MAPPER.createObjectNode()
                .put("callId", first.id())
                .put("accountId", call.account().id())
                .put("status", incomplete.isEmpty() ? "complete" : "partial");
        ArrayNode reasons = json.putArray("incomplete");
        incomplete.forEach(reasons::add);
        json.put("id", first.id()).put("telephonySessionId", first.id()).put("sessionId", first.legacyId());
        outcome(json);
        times(json);
        call.sessions().forEach(session -> session(json.withArray("sessions").addObject(), session));
        json.putArray("missingSessions");
        ArrayNode parties = json.putArray("parties");
        call.parties().forEach(party -> party(parties.addObject(), party));
        ArrayNode links = json.putArray("links");
        call.links().forEach(link -> link(links.addObject(), link));
        ArrayNode transfers = json.putArray("transfers");
        call.handOvers().forEach(handOver -> transfer(transfers.addObject(), handOver));
        ArrayNode dropped = json.putArray("dropped");
        for (SeenSession session : call.sessions()) {
            SortedSet<Long> sequences = lost.get(session.session().id());
            if (sequences != null) {
                ObjectNode one = dropped.addObject();
                one.put("telephonySessionId", session.session().id());
                ranges(one.putArray("sequences"), sequences);
            }
        }
        return WireJson.text(json);
    }

    private void outcome(ObjectNode json) {
        json.put("type", call.isFax() ? "Fax" : "Voice")
                .put("direction", call.isOutbound() ? "Outbound" : "Inbound")
                .put("internal", call.isInternal())
                .put("action", call.action())
                .put("result", call.result());
        contact(json, "from", call.from());
        contact(json, "to", call.to());
        json.put("callerName", call.callerName());
        answeredBy(json);
        ref(json, "firstToLeave", call.firstToLeave());
        ArrayNode queues = json.putArray("queues");
        call.queues().forEach(queue -> queue(queues.addObject(), queue));
    }

    private void answeredBy(ObjectNode json) {
        SeenParty party = call.answeredBy();
        if (party == null) {
            json.putNull("answeredBy");
            return;
        }
        Contact own = party.last(party::own);
        Extension extension = party.extension();
        boolean personal =
                own != null && (own.extensionId() == null || !own.extensionId().equals(party.queueId()));
        json.putObject("answeredBy")
                .put("telephonySessionId", party.leg().session().id())
                .put("partyId", party.leg().id())
                .put("extensionId", extension == null ? null : extension.id())
                .put("queueExtensionId", party.queueId())
                .put("phoneNumber", own == null || !personal ? null : own.phoneNumber())
                .put("name", own == null || !personal ? null : own.name());
    }

    private static void queue(ObjectNode json, SeenQueue queue) {
        json.put("queueExtensionId", queue.id()).put("name", queue.name());
        time(json, "enterTime", queue.enter());
        time(json, "answerTime", queue.answer());
        time(json, "leaveTime", queue.leave());
        json.put("waitMs", Math.max(0, queue.leave() - queue.enter())).put("outcome", queue.outcome());
    }

    private void times(ObjectNode json) {
        long duration = Math.max(0, call.endTime() - call.startTime());
        Long answer = call.answerTime();
        time(json, "startTime", call.startTime());
        time(json, "answerTime", answer);
        time(json, "endTime", call.endTime());
        json.put("duration", duration / 1000)
                .put("durationMs", duration)
                .put("ringMs", call.ringMs())
                .put("talkMs", call.talkMs())
                .put("holdMs", call.holdMs())
                .put("parkMs", call.parkMs())
                .put("timeToAnswerMs", answer == null ? null : Math.max(0, answer - call.startTime()));
    }

    private static void session(ObjectNode json, SeenSession session) {
        json.put("telephonySessionId", session.session().id())
                .put("sessionId", session.session().legacyId())
                .put("origin", session.session().origin());
        time(json, "startTime", session.startTime());
        time(json, "endTime", session.endTime());
        json.put("firstSequence", session.sequences().first())
                .put("lastSequence", session.sequences().last());
        ranges(json.putArray("missingSequences"), session.neverSent());
        json.put("partyEvents", session.sequences().size());
    }

    private void party(ObjectNode json, SeenParty party) {
        SimulatedLeg leg = party.leg();
        Extension extension = party.extension();
        SeenParty.Phase end = party.end();
        json.put("partyId", leg.id())
                .put("telephonySessionId", leg.session().id())
                .put("direction", party.direction().code())
                .put("role", party.queues() ? "queue" : role(leg.standing()))
                .put("accountId", leg.account() == null ? null : leg.account().id())
                .put("extensionId", extension == null ? null : extension.id())
                .put("queueExtensionId", party.queueId());
        contact(json, "from", party.last(party::from));
        contact(json, "to", party.last(party::to));
        time(json, "startTime", party.startTime());
        time(json, "answerTime", party.answerTime());
        time(json, "endTime", end == null ? null : end.start());
        json.put("endStatus", end == null ? null : end.status()).put("endReason", end == null ? null : end.reason());
        partyTimes(json, party);
        json.put("missed", leg.isMissed())
                .put("muted", party.events().get(party.events().size() - 1).muted())
                .put("sipCallId", party.sipCallId())
                .put("deviceId", party.deviceId());
        peer(json, party.peer());
        segments(json.putArray("segments"), party);
        ArrayNode recordings = json.putArray("recordings");
        leg.recordings()
                .forEach(recording ->
                        recordings.addObject().put("id", recording.id()).put("active", recording.active()));
    }

    private void partyTimes(ObjectNode json, SeenParty party) {
        Spans.Span ringing = party.ringing(call.endTime());
        json.put("setupMs", party.sumOf(WireStatus.SETUP, call.endTime()))
                .put("ringMs", ringing == null ? null : ringing.end() - ringing.start())
                .put("talkMs", party.sumOf(WireStatus.ANSWERED, call.endTime()))
                .put("holdMs", party.sumOf(WireStatus.HOLD, call.endTime()))
                .put("parkMs", party.sumOf(WireStatus.PARKED, call.endTime()));
    }

    private void segments(ArrayNode json, SeenParty party) {
        for (int i = 0; i < party.phases().size(); i++) {
            SeenParty.Phase phase = party.phases().get(i);
            long end = party.endOf(i, call.endTime());
            ObjectNode segment =
                    json.addObject().put("status", spelled(phase.status())).put("reason", phase.reason());
            time(segment, "startTime", phase.start());
            time(segment, "endTime", end);
            segment.put("durationMs", end - phase.start());
        }
    }

    /** The record has one spelling for the two of the platform. */
    private static String spelled(String status) {
        return switch (status) {
            case WireStatus.VOICEMAIL -> "Voicemail";
            case WireStatus.VOICEMAIL_SCREENING -> "VMScreening";
            default -> status;
        };
    }

    private static String role(SimulatedLeg.Standing standing) {
        return switch (standing) {
            case TALKS, QUEUES -> "participant";
            case HOSTS -> "host";
            case SUPERVISES -> "supervisor";
            case STANDS_IN -> "bridge";
        };
    }

    private void link(ObjectNode json, SeenLink link) {
        json.put("kind", link.kind(call.parties())).put("reason", link.reason());
        time(json, "time", link.time());
        ref(json, "from", link.from());
        ref(json, "to", link.to());
    }

    private void transfer(ObjectNode json, HandOver handOver) {
        json.put("kind", handOver.kind().word());
        time(json, "time", handOver.time().toEpochMilli());
        ref(json, "by", handOver.by());
        ref(json, "from", seen(handOver.from()));
        ref(json, "to", seen(handOver.to()));
    }

    private @Nullable SimulatedLeg seen(@Nullable SimulatedLeg leg) {
        return leg != null && call.sees(leg) ? leg : null;
    }

    private void peer(ObjectNode json, @Nullable SimulatedLeg peer) {
        if (peer == null) {
            json.putNull("peer");
            return;
        }
        PeerRef sent = wire.peerForm().write(peer);
        json.putObject("peer")
                .put("telephonySessionId", peer.session().id())
                .put("sessionId", sent.sessionId())
                .put("partyId", sent.partyId());
    }

    private static void ref(ObjectNode json, String name, @Nullable SimulatedLeg leg) {
        if (leg == null) {
            json.putNull(name);
        } else {
            json.putObject(name).put("telephonySessionId", leg.session().id()).put("partyId", leg.id());
        }
    }

    private static void contact(ObjectNode json, String name, @Nullable Contact contact) {
        if (contact == null) {
            json.putNull(name);
        } else {
            json.putObject(name)
                    .put("phoneNumber", contact.phoneNumber())
                    .put("name", contact.name())
                    .put("extensionId", contact.extensionId())
                    .putNull("extensionNumber");
        }
    }

    private static void time(ObjectNode json, String name, @Nullable Long time) {
        if (time == null) {
            json.putNull(name);
        } else {
            json.put(name, WireJson.time(Instant.ofEpochMilli(time)));
        }
    }

    /** Closed ranges: {@code [[5,6],[8,8]]}. */
    private static void ranges(ArrayNode json, Collection<Long> inOrder) {
        long first = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        for (long sequence : inOrder) {
            if (sequence != last + 1) {
                range(json, first, last);
                first = sequence;
            }
            last = sequence;
        }
        range(json, first, last);
    }

    private static void range(ArrayNode json, long first, long last) {
        if (first != Long.MIN_VALUE) {
            json.addArray().add(first).add(last);
        }
    }
}

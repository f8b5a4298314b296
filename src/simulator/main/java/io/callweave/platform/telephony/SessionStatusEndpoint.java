package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.UsageGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Get Call Session Status: all parties of a session, without sequence numbers and times. */
public final class SessionStatusEndpoint {

    static final String PATH = "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}";

    /** INFER: for as long as active calls show a call that is over, RingCentral knows its session. */
    private static final Duration KNOWN_AFTER_END = Duration.ofMinutes(2);

    private static final List<String> COPIED = List.of(
            "id",
            "accountId",
            "extensionId",
            "direction",
            "from",
            "to",
            "muted",
            "standAlone",
            "park",
            "recordings",
            "conferenceRole",
            "ringOutRole");

    private final PlatformCalls history;

    public SessionStatusEndpoint(PlatformCalls history) {
        this.history = history;
    }

    public PlatformRoute route() {
        return new PlatformRoute("GET", PATH, UsageGroup.LIGHT, PlatformCredentials.CALL_CONTROL, this::answer);
    }

    private PlatformReply answer(Caller caller, PlatformRequest request, Map<String, String> path) {
        SessionHistory session = history.session(caller.accountId(), path.getOrDefault("telephonySessionId", ""));
        Instant now = history.now();
        if (session.isOver(now) && session.last().at().plus(KNOWN_AFTER_END).isBefore(now)) {
            throw PlatformError.notFound("telephonySessionId");
        }
        ObjectNode reply = PlatformRequest.object()
                .put("id", session.id())
                .put("creationTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        reply.putObject("origin").put("type", session.origin());
        ArrayNode parties = reply.putArray("parties");
        session.parties(now).values().forEach(sent -> parties.add(party(sent.party())));
        return PlatformReply.ok(reply);
    }

    /** A party as REST replies show it. */
    static ObjectNode party(JsonNode sent) {
        ObjectNode party = PlatformRequest.object();
        for (String field : COPIED) {
            if (sent.has(field)) {
                party.set(field, sent.path(field));
            }
        }
        ObjectNode owner = PlatformRequest.object();
        for (String field : List.of("accountId", "extensionId")) {
            if (sent.has(field)) {
                owner.set(field, sent.path(field));
            }
        }
        if (!owner.isEmpty()) {
            party.set("owner", owner);
        }
        party.putObject("attributes")
                .put("queueCall", sent.path("queueCall").asBoolean())
                .put("emergencyCallback", false);
        ObjectNode status = party.putObject("status");
        for (String field : List.of("code", "reason", "parkData")) {
            if (sent.path("status").has(field)) {
                status.set(field, sent.path("status").path(field));
            }
        }
        JsonNode peer = sent.at("/status/peerId");
        if (!peer.isMissingNode()) {
            // Here, the field of the legacy id holds the telephony session, in all samples.
            status.putObject("peerId")
                    .put(
                            "sessionId",
                            peer.path("telephonySessionId")
                                    .asText(peer.path("sessionId").asText()))
                    .put("partyId", peer.path("partyId").asText());
        }
        return party;
    }
}

package io.callweave.testcalls;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.WireJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A party event that may be anything, regardless of those before it; small numbers choose from small pools. */
record ChaosEvent(Place place, What what, Who who) {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final long LAG_MS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * The place of the event.
     *
     * @param tick half seconds since the start, unrelated to the sequence: times tie and run backwards
     */
    record Place(int account, int session, int party, int sequence, int tick) {}

    /**
     * The content of the event.
     *
     * @param origin the session's, which can change from event to event
     */
    record What(String status, @Nullable String reason, PeerKind peer, int peerSession, int peerParty, String origin) {}

    /**
     * The owner of the party.
     *
     * @param extension null for an outside party
     * @param foreign whether the party belongs to another account than the notification
     * @param role a value of conferenceRole or ringOutRole, or null
     */
    record Who(
            boolean outbound,
            @Nullable String extension,
            boolean foreign,
            boolean queue,
            boolean missed,
            boolean muted,
            @Nullable String role,
            String number) {}

    /** The forms of a peer, including those that name none. */
    enum PeerKind {
        NONE,
        FULL,
        TELEPHONY_ID_IN_SESSION_ID,
        EMPTY_TELEPHONY_ID,
        PARTY_ONLY,
        LEGACY_ONLY,
        EMPTY
    }

    Notification notification() {
        SimulatedAccount account = account(place.account());
        SimulatedAccount owner = who.foreign() ? account(1 - place.account()) : account;
        Extension extension = who.extension() == null ? null : owner.extension(who.extension());
        Instant eventTime = START.plusMillis(500L * place.tick());
        Instant sentAt = eventTime.plusMillis(LAG_MS);
        String path = "/restapi/v1.0/account/" + account.id();
        boolean own = extension != null && !who.foreign();
        ObjectNode body = JSON.createObjectNode()
                .put("sequence", place.sequence())
                .put("sessionId", legacyId(place.session()))
                .put("telephonySessionId", "s-" + ids(place.session()))
                .put("serverId", "10.13.22.27.TAM")
                .put("eventTime", TIME.format(eventTime));
        body.putArray("parties").add(party(owner, extension));
        body.putObject("origin").put("type", what.origin());
        ObjectNode notification = JSON.createObjectNode()
                .put("uuid", String.valueOf(Integer.toUnsignedLong(hashCode())))
                .put("event", path + (own ? "/extension/" + extension.id() : "") + "/telephony/sessions")
                .put("timestamp", TIME.format(sentAt))
                .put("subscriptionId", "chaos")
                .put("ownerId", account.id());
        notification.set("body", body);
        return new Notification(
                account.id(),
                "s-" + ids(place.session()),
                place.sequence(),
                eventTime,
                sentAt,
                WireJson.text(notification));
    }

    private ObjectNode party(SimulatedAccount owner, @Nullable Extension extension) {
        ObjectNode party = JSON.createObjectNode().put("accountId", owner.id());
        if (extension != null) {
            party.put("extensionId", extension.id());
        }
        party.put("id", "p-" + ids(place.session()) + "-" + place.party())
                .put("direction", who.outbound() ? "Outbound" : "Inbound");
        ObjectNode ownAddress = party.putObject(who.outbound() ? "from" : "to");
        if (extension == null) {
            ownAddress.put("phoneNumber", who.number());
        } else {
            ownAddress
                    .put("phoneNumber", extension.number())
                    .put("name", extension.name())
                    .put("extensionId", extension.id());
        }
        party.putObject(who.outbound() ? "to" : "from").put("phoneNumber", who.number());
        party.set("status", status());
        if (who.queue()) {
            party.put("queueCall", true);
        }
        party.putObject("park");
        party.put("missedCall", who.missed()).put("standAlone", false).put("muted", who.muted());
        String role = who.role();
        if (role != null) {
            boolean conference = role.equals("Host") || role.equals("Participant");
            party.put(conference ? "conferenceRole" : "ringOutRole", role);
        }
        return party;
    }

    private ObjectNode status() {
        ObjectNode status = JSON.createObjectNode().put("code", what.status());
        if (what.reason() != null) {
            status.put("reason", what.reason());
        }
        if (what.peer() != PeerKind.NONE) {
            status.set("peerId", peer());
        }
        return status.put("rcc", false);
    }

    private ObjectNode peer() {
        String id = ids(what.peerSession());
        String party = "p-" + id + "-" + what.peerParty();
        ObjectNode peer = JSON.createObjectNode();
        return switch (what.peer()) {
            case NONE, EMPTY -> peer;
            case FULL ->
                peer.put("telephonySessionId", "s-" + id)
                        .put("sessionId", legacyId(what.peerSession()))
                        .put("partyId", party);
            case TELEPHONY_ID_IN_SESSION_ID -> peer.put("sessionId", "s-" + id).put("partyId", party);
            case EMPTY_TELEPHONY_ID ->
                peer.put("telephonySessionId", "").put("sessionId", "s-" + id).put("partyId", party);
            case PARTY_ONLY -> peer.put("sessionId", "0").put("partyId", party);
            case LEGACY_ONLY -> peer.put("sessionId", legacyId(what.peerSession()));
        };
    }

    private static SimulatedAccount account(int number) {
        return number == 0 ? SimulatedAccount.FIRST : SimulatedAccount.SECOND;
    }

    private static String ids(int session) {
        return "%032x".formatted(0xa0 + session);
    }

    private static String legacyId(int session) {
        return "42918048700" + session;
    }
}

package io.callweave.testcalls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A party event that may be anything, without regard to those before it; small numbers choose from small pools. */
record ChaosEvent(Place place, What what, Who who) {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final long LAG_MS = 50;

    /**
     * Where the event stands.
     *
     * @param tick half seconds since the start, unrelated to the sequence: times tie and run backwards
     */
    record Place(int account, int session, int party, int sequence, int tick) {}

    /**
     * What it says.
     *
     * @param origin the session's, which may change from event to event
     */
    record What(String status, @Nullable String reason, PeerKind peer, int peerSession, int peerParty, String origin) {}

    /**
     * Whose it is.
     *
     * @param extension null for an outside party
     * @param foreign whether the party is of another account than the notification
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

    /** The forms of a peer, those included that name none. */
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
        Account account = account(place.account());
        Account owner = who.foreign() ? account(1 - place.account()) : account;
        Extension extension = who.extension() == null ? null : owner.extension(who.extension());
        Leg leg = leg(owner, extension);
        Instant eventTime = START.plusMillis(500L * place.tick());
        Envelope envelope = new Envelope(
                String.valueOf(Integer.toUnsignedLong(hashCode())),
                account,
                who.foreign() ? null : extension,
                account.subscriptionId(),
                place.sequence(),
                eventTime,
                eventTime.plusMillis(LAG_MS));
        return withMissedCall(Notification.of(envelope, leg));
    }

    private Leg leg(Account owner, @Nullable Extension extension) {
        TelephonySession session = session(place.session(), what.origin());
        for (int skipped = 1; skipped < place.party(); skipped++) {
            session.nextPartyId();
        }
        Contact own = extension == null ? Contact.of(who.number()) : extension.contact();
        Leg.Direction direction = who.outbound() ? Leg.Direction.OUTBOUND : Leg.Direction.INBOUND;
        Leg leg = new Leg(session, direction, owner, extension, own, Contact.of(who.number()))
                .becomes(what.status(), what.reason(), peer())
                .muted(who.muted());
        if (who.queue()) {
            leg.asMemberOf(owner.service("Support"));
        }
        String role = who.role();
        if (role != null) {
            boolean conference = role.equals("Host") || role.equals("Participant");
            return conference ? leg.asConference(role) : leg.asRingOut(role);
        }
        return leg;
    }

    private @Nullable PeerRef peer() {
        TelephonySession session = session(what.peerSession(), TelephonySession.CALL);
        String party = "p-" + session.id().substring(2) + "-" + what.peerParty();
        return switch (what.peer()) {
            case NONE -> null;
            case FULL -> new PeerRef(session.id(), session.legacyId(), party);
            case TELEPHONY_ID_IN_SESSION_ID -> new PeerRef(null, session.id(), party);
            case EMPTY_TELEPHONY_ID -> new PeerRef("", session.id(), party);
            case PARTY_ONLY -> new PeerRef(null, "0", party);
            case LEGACY_ONLY -> new PeerRef(null, session.legacyId(), null);
            case EMPTY -> new PeerRef(null, null, null);
        };
    }

    /** A party tells by itself whether it missed a call; here it says so at any time. */
    private Notification withMissedCall(Notification notification) {
        ObjectNode tree = (ObjectNode) notification.tree();
        ((ObjectNode) tree.at("/body/parties/0")).put("missedCall", who.missed());
        return new Notification(
                notification.account(),
                notification.telephonySessionId(),
                notification.sequence(),
                notification.eventTime(),
                notification.sentAt(),
                NotificationJson.text(tree));
    }

    private static Account account(int number) {
        return number == 0 ? Account.FIRST : Account.SECOND;
    }

    private static TelephonySession session(int number, String origin) {
        return new TelephonySession(
                "%032x".formatted(0xa0 + number), "42918048700" + number, "10.13.22.27.TAM", origin);
    }
}

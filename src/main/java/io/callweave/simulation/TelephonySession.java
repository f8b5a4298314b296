package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;

/** A telephony session: it numbers its parties from 1 and its events from 2, the first that subscribers ever see. */
final class TelephonySession {

    static final String CALL = "Call";
    static final String RING_OUT = "RingOut";
    static final String CONFERENCE = "Conference";

    private final String body;
    private final String legacyId;
    private final String serverId;
    private final String origin;
    private final Duration skew;
    private int parties;
    private long sequence = 1;

    /**
     * A session without parties.
     *
     * @param body what the ids of the session and its parties have in common: 32 hexadecimal digits
     * @param skew how far the clock of its server is ahead
     */
    TelephonySession(String body, String legacyId, String serverId, String origin, Duration skew) {
        this.body = body;
        this.legacyId = legacyId;
        this.serverId = serverId;
        this.origin = origin;
        this.skew = skew;
    }

    String id() {
        return "s-" + body;
    }

    /** The id of the times before telephony sessions; all conferences have "0". */
    String legacyId() {
        return legacyId;
    }

    String serverId() {
        return serverId;
    }

    String origin() {
        return origin;
    }

    boolean isRingOut() {
        return origin.equals(RING_OUT);
    }

    boolean isConference() {
        return origin.equals(CONFERENCE);
    }

    /** What the clock of its server shows at this time. */
    Instant clock(Instant time) {
        return time.plus(skew);
    }

    String nextPartyId() {
        parties++;
        return "p-" + body + "-" + parties;
    }

    long nextSequence() {
        sequence++;
        return sequence;
    }
}

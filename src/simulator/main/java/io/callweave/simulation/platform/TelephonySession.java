package io.callweave.simulation.platform;

import java.time.Duration;
import java.time.Instant;

/**
 * A telephony session. It numbers its parties from 1 and its events from 2, the first number that subscribers ever see.
 */
public final class TelephonySession {

    public static final String CALL = "Call";
    public static final String RING_OUT = "RingOut";
    public static final String CONFERENCE = "Conference";

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
     * @param body the common part of the ids of the session and its parties: 32 hexadecimal digits
     * @param skew how far the clock of its server is ahead
     */
    public TelephonySession(String body, String legacyId, String serverId, String origin, Duration skew) {
        this.body = body;
        this.legacyId = legacyId;
        this.serverId = serverId;
        this.origin = origin;
        this.skew = skew;
    }

    public String id() {
        return "s-" + body;
    }

    /** The id from before telephony sessions existed; all conferences have "0". */
    public String legacyId() {
        return legacyId;
    }

    String serverId() {
        return serverId;
    }

    public String origin() {
        return origin;
    }

    public boolean isRingOut() {
        return origin.equals(RING_OUT);
    }

    public boolean isConference() {
        return origin.equals(CONFERENCE);
    }

    /** The time on the clock of its server. */
    public Instant clock(Instant time) {
        return time.plus(skew);
    }

    String nextPartyId() {
        parties++;
        return "p-" + body + "-" + parties;
    }

    public long nextSequence() {
        sequence++;
        return sequence;
    }
}

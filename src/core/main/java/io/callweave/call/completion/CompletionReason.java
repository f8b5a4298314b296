package io.callweave.call.completion;

/** Why a record was emitted when it was. */
public enum CompletionReason {
    /** The call is certainly over. */
    OVER("over"),
    LINGER("linger"),
    PEER_WAIT("peerWait"),
    OPEN_PARTY_WAIT("openPartyWait"),
    MAX_IDLE("maxIdle"),
    /** No event of the call came, and RingCentral's Call Log tells of it. */
    BACKFILL("backfill"),
    /** A later fact changed a record that was already emitted. */
    REVISED("revised"),
    /** The call was found to be part of another one. */
    SUPERSEDED("superseded");

    private final String wireName;

    CompletionReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}

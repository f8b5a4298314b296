package io.callweave.call.live;

/** What a live call is doing, for a wallboard. If several states fit, the first one counts. */
public enum LiveState {
    VOICEMAIL("voicemail"),
    FAX("fax"),
    /**
     * Somebody answered, and nobody of that session is on hold or parked. So a call stays in this state while its agent
     * consults a colleague.
     */
    TALKING("talking"),
    ON_HOLD("onHold"),
    PARKED("parked"),
    /** In a queue, also while the queue rings its agents. */
    QUEUED("queued"),
    RINGING("ringing"),
    /** None of the others: a number is being dialled, or the call is between two parties. */
    CONNECTING("connecting");

    private final String wireName;

    LiveState(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}

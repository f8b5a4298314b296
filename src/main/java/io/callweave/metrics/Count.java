package io.callweave.metrics;

/** What is counted of a call, once or not at all. */
public enum Count implements Stored {
    CALLS(0),
    ANSWERED(1),
    ANSWERED_ELSEWHERE(2),
    VOICEMAIL(3),
    ABANDONED(4),
    MISSED(5),
    UNANSWERED(6),
    FAX(7),
    TRANSFERRED(8),
    INBOUND(9),
    OUTBOUND(10),
    INTERNAL(11),
    PARTIAL(12),
    /** Answered, of the calls that the service level looks at: all but those that go out of the account. */
    SERVED(13),
    /** Of those, the ones that were answered in time. */
    SERVED_IN_TIME(14);

    private final int number;

    Count(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}

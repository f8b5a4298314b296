package io.callweave.metrics;

/**
 * The counters of a window. A call adds one or nothing to each, except that an account has all its visits to queues in
 * {@link #COUNTED} and {@link #ANSWERED_WITHIN}.
 */
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
    /** What the service level is a share of: calls, of an account visits to queues. Plain outgoing calls are not. */
    COUNTED(13),
    /** Those of them that were answered within the threshold. */
    ANSWERED_WITHIN(14),
    OVERFLOW(15),
    /** Records, also of calls that do not count. Only hourly windows of an account have them. */
    RECORDS(16);

    private final int number;

    Count(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}

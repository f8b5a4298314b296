package io.callweave.call.record;

import org.jspecify.annotations.Nullable;

/**
 * A call in one queue. Times are milliseconds since the epoch.
 *
 * @param name the queue's name in {@code to.name} or {@code uiCallInfo}, null if there is none
 * @param answerTime when somebody answered out of this queue, null if nobody did
 * @param leaveTime when the caller left the queue; the answer, if there is one
 */
public record QueueVisit(
        String queueExtensionId,
        @Nullable String name,
        long enterTime,
        @Nullable Long answerTime,
        long leaveTime,
        Outcome outcome) {

    /** What happened to the call in this queue. The first one that fits counts. */
    public enum Outcome {
        ANSWERED("answered"),
        /** Somebody answered whom this queue did not ring. */
        ANSWERED_ELSEWHERE("answeredElsewhere"),
        VOICEMAIL("voicemail"),
        /** The call moved on to another queue. */
        OVERFLOW("overflow"),
        ABANDONED("abandoned");

        private final String wireName;

        Outcome(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** From entering to leaving. */
    public long waitMs() {
        return Math.max(0, leaveTime - enterTime);
    }
}

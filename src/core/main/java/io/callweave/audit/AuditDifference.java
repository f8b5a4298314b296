package io.callweave.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison says of one session.
 *
 * @param callId the call that it is part of here; null if there is none
 * @param startTime in milliseconds since the epoch, as here; if it is only in the log, as there
 * @param inFeedGap whether notifications of the account may be missing while it went on
 * @param otherAccount the account that has this call here, if it is not the account of the log; {@link #ANOTHER} if it must not
 *     be named
 * @param logRecords ids of the log's records
 * @param fields that differ
 */
public record AuditDifference(
        Kind kind,
        String accountId,
        String telephonySessionId,
        @Nullable String callId,
        long startTime,
        boolean inFeedGap,
        @Nullable String otherAccount,
        List<String> logRecords,
        List<FieldDifference> fields) {

    /** Nothing of one account shows in what another one sees, but that it is not its call. */
    public static final String ANOTHER = "another";

    /** How a session compares. */
    public enum Kind {
        EQUAL("equal", false),
        DIFFERS("differs", true),
        ONLY_HERE("onlyHere", true),
        ONLY_THERE("onlyThere", true),
        /** The call is not complete here, or known from the log alone. */
        PARTIAL("partial", true),
        /** The log may still change. */
        UNSETTLED("unsettled", false);

        private final String word;
        private final boolean wrong;

        Kind(String word, boolean wrong) {
            this.word = word;
            this.wrong = wrong;
        }

        public String word() {
            return word;
        }

        public boolean isWrong() {
            return wrong;
        }
    }

    /**
     * A field with both of its values.
     *
     * @param field of the call record; {@code doubled} or {@code cut} if there is more than one record of a session
     */
    public record FieldDifference(
            String field, @Nullable String here, @Nullable String there) {}

    public AuditDifference {
        logRecords = List.copyOf(logRecords);
        fields = List.copyOf(fields);
    }
}

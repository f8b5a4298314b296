package io.callweave.audit;

import io.callweave.audit.AuditDifference.Kind;
import java.util.List;

/**
 * A comparison of an hour of one account, as its topic has it.
 *
 * @param hour its start, in milliseconds since the epoch
 * @param comparedAt when it was compared
 */
public record AuditHour(String accountId, long hour, long comparedAt, Audit audit) {

    private static final int MOST_DIFFERENCES = 100;

    long count(Kind kind) {
        return audit.count(kind);
    }

    /** The newest of them. */
    List<AuditDifference> differences() {
        List<AuditDifference> all = audit.differences();
        return all.subList(Math.max(0, all.size() - MOST_DIFFERENCES), all.size());
    }
}

package io.callweave.call.record;

import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record of RingCentral's Call Log says of a call.
 *
 * @param id RingCentral's id of the record
 * @param modifiedAt {@code lastModifiedTime} in milliseconds since the epoch; null if it was not sent
 */
public record CallLogEntry(
        String id,
        String telephonySessionId,
        FactContent.LogEntry content,
        @Nullable Long modifiedAt) {

    private static final Comparator<CallLogEntry> ORDER = Comparator.comparingLong(
                    (CallLogEntry entry) -> entry.content().startTime())
            .thenComparing(CallLogEntry::id)
            .thenComparing(CallLogEntry::telephonySessionId);

    /** Those of some sessions, by start, then id. */
    static List<CallLogEntry> of(Collection<Session> sessions) {
        List<CallLogEntry> entries = new ArrayList<>();
        for (Session session : sessions) {
            for (LaterFact fact : session.facts().facts()) {
                if (fact.content() instanceof FactContent.LogEntry entry) {
                    entries.add(new CallLogEntry(fact.id().id(), session.id(), entry, fact.modifiedAt()));
                }
            }
        }
        entries.sort(ORDER);
        return entries;
    }
}

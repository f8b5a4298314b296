package io.callweave.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session of a call record; {@code missing} are the sequence numbers that no usable event had. */
public record SessionRecord(
        String telephonySessionId,
        @Nullable String sessionId,
        @Nullable String origin,
        long startTime,
        long endTime,
        long firstSequence,
        long lastSequence,
        Ranges missing,
        int partyEvents) {

    /** What can be said of a session without folding it. */
    static SessionRecord unfolded(Session session) {
        List<PartyEvent> events = session.events();
        return new SessionRecord(
                session.id(),
                null,
                null,
                events.stream().mapToLong(PartyEvent::eventTime).min().orElseThrow(),
                events.stream().mapToLong(PartyEvent::eventTime).max().orElseThrow(),
                events.get(0).sequence(),
                events.get(events.size() - 1).sequence(),
                new Ranges(List.of()),
                events.size());
    }

    static SessionRecord of(FoldedSession session) {
        List<PartyEvent> events = session.session().events();
        return new SessionRecord(
                session.id(),
                session.sessionId(),
                session.origin(),
                session.startTime(),
                Call.endTime(session.parties()),
                events.get(0).sequence(),
                events.get(events.size() - 1).sequence(),
                session.missingSequences(),
                events.size());
    }
}

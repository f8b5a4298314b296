package io.callweave.call.record;

import io.callweave.call.Call;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Ranges;
import io.callweave.call.session.Session;
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

    /** The record of a session that cannot be folded. */
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

    /** The same with its id only. */
    SessionRecord withoutTexts() {
        return new SessionRecord(
                telephonySessionId, null, null, startTime, endTime, firstSequence, lastSequence, missing, partyEvents);
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

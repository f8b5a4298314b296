package io.callweave.call.record;

import io.callweave.call.calllog.CallLogRefs;
import io.callweave.call.calllog.CallResult;
import io.callweave.call.calllog.Leg;
import io.callweave.call.calllog.RecordingRef;
import io.callweave.call.event.PartyRef;
import io.callweave.call.fact.FactContent;
import io.callweave.call.session.Session;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The record of a call that only RingCentral's Call Log tells of, as of an outage. */
final class LoggedCall {

    private final String accountId;
    private final CallLogEntry entry;

    private LoggedCall(String accountId, CallLogEntry entry) {
        this.accountId = accountId;
        this.entry = entry;
    }

    /** The first log record tells it; all of them are listed. */
    static CallRecord of(Session session) {
        List<CallLogEntry> log = CallLogEntry.of(List.of(session));
        SortedSet<Incomplete> incomplete = new TreeSet<>(List.of(Incomplete.BACKFILLED));
        if (session.facts().isCapped()) {
            incomplete.add(Incomplete.CAPPED);
        }
        return new LoggedCall(session.key().accountId(), log.get(0)).callRecord(incomplete, log);
    }

    private CallRecord callRecord(SortedSet<Incomplete> incomplete, List<CallLogEntry> log) {
        FactContent.LogEntry call = entry.content();
        // "Outbound" to an own extension: the Call Log has no word for it.
        boolean internal = call.direction().equals("Outbound")
                && call.to() != null
                && call.to().extensionId() != null;
        return new CallRecord(
                entry.telephonySessionId(),
                accountId,
                CallRecord.State.BACKFILLED,
                incomplete,
                call.direction(),
                internal,
                new CallResult(call.type(), call.action(), call.result()),
                new CallTimes(call.startTime(), call.startTime() + call.durationMs(), null, null, 0, 0, 0),
                new CallPeople(call.from(), call.to(), null, null, null, List.of(), CallLogRefs.NONE),
                List.of(),
                new TreeSet<>(),
                new CallGraph(call.legs().stream().map(this::leg).toList(), List.of(), List.of(), List.of(), List.of()),
                List.of(),
                log);
    }

    private Leg leg(FactContent.LogLeg leg) {
        String session = leg.telephonySessionId();
        return new Leg(
                new PartyRef(session == null ? entry.telephonySessionId() : session, leg.partyId()),
                leg.master(),
                leg.legType(),
                leg.type(),
                leg.direction(),
                leg.action(),
                leg.result(),
                leg.reason(),
                leg.from(),
                leg.to(),
                null,
                leg.startTime(),
                leg.durationMs(),
                new CallLogRefs(leg.partyId(), leg.extensionId(), recording(leg.recordingId()), null, null));
    }

    private @Nullable RecordingRef recording(@Nullable String id) {
        return id == null ? null : new RecordingRef(accountId, id);
    }
}

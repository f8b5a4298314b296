package io.callweave.audit;

import io.callweave.call.calllog.CallResult;
import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is compared of a call. Times are milliseconds since the epoch.
 *
 * @param partial whether the call is not complete here, or known from the log alone
 * @param extensions of its parties, and of its queues
 * @param sessions its own first
 */
public record CallHere(
        String accountId,
        String callId,
        boolean partial,
        String direction,
        boolean internal,
        CallResult outcome,
        @Nullable Address from,
        @Nullable Address to,
        Set<String> extensions,
        List<Session> sessions) {

    /** Of a call, and of a session with its place in a comparison, without texts. */
    private static final int OBJECTS = 300;

    /** One telephony session of the call. */
    public record Session(String telephonySessionId, long startTime, long endTime) {}

    public CallHere {
        extensions = Collections.unmodifiableSet(new HashSet<>(extensions));
        sessions = List.copyOf(sessions);
    }

    public static CallHere of(CallRecord call) {
        Set<String> extensions = new HashSet<>();
        for (PartyRecord party : call.parties()) {
            add(extensions, party.extensionId());
            add(extensions, party.queueExtensionId());
        }
        List<Session> sessions = call.sessions().stream().map(CallHere::session).toList();
        return new CallHere(
                call.accountId(),
                call.callId(),
                // What is known from the log alone cannot show that the log is right.
                call.state() == CallRecord.State.PARTIAL || call.isBackfilled(),
                call.direction(),
                call.internal(),
                call.outcome(),
                call.from(),
                call.to(),
                extensions,
                // A call that is known from the log alone has none.
                sessions.isEmpty()
                        ? List.of(new Session(
                                call.callId(),
                                call.times().startTime(),
                                call.times().endTime()))
                        : sessions);
    }

    /** In bytes; about. */
    public long memory() {
        long memory = OBJECTS + LogEntry.memory(from) + LogEntry.memory(to);
        for (String extension : extensions) {
            memory += LogEntry.memory(extension);
        }
        for (Session session : sessions) {
            memory += OBJECTS + LogEntry.memory(session.telephonySessionId());
        }
        return memory;
    }

    private static Session session(SessionRecord session) {
        return new Session(session.telephonySessionId(), session.startTime(), session.endTime());
    }

    private static void add(Set<String> extensions, @Nullable String extension) {
        if (extension != null) {
            extensions.add(extension);
        }
    }
}

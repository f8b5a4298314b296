package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactId;
import io.callweave.explain.replay.StageReplay;
import io.callweave.notification.EnvelopeIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was received for one call, its effect, and the records that were emitted.
 *
 * @param sessions the telephony sessions of the final call
 * @param lines of its sessions, in order of arrival, including those that cannot be used
 * @param arrivals the party events of those lines
 * @param emitted in order of emission. It is known what the first of them say, and the last
 * @param last the last record that describes the call; null if none was emitted
 */
record CallHistory(
        String accountId,
        Set<String> sessions,
        List<RecordedLine> lines,
        List<Arrival> arrivals,
        List<Emitted> emitted,
        @Nullable Emitted last) {

    /** Replays an account, and keeps what concerns the final call of a telephony session. */
    static CallHistory of(
            RecordedLines recording, String accountId, String telephonySessionId, StageReplay replay, Runnable pace) {
        Set<String> relatives = recording.relatives(accountId, telephonySessionId);
        List<Arrival> arrivals = new ArrayList<>();
        EmittedRecords emitted = new EmittedRecords(telephonySessionId, relatives, pace);
        for (RecordedLine line : recording.lines()) {
            if (line.receivedAt() == null) {
                continue;
            }
            pace.run();
            emitted.addAll(replay.passTo(line.receivedAt()), null);
            if (line.fact() != null && line.fact().notice().accountId().equals(accountId)) {
                replay.accept(line.fact().notice(), line.source(), line.fact().value());
            }
            List<PartyEvent> events = line.events();
            if (events.isEmpty() || !isOf(accountId, relatives, events.get(0).session())) {
                continue;
            }
            StageReplay.Step step = replay.accept(events);
            Arrival cause = null;
            for (int i = 0; i < events.size(); i++) {
                Arrival arrival = new Arrival(
                        arrivals.size(), line, events.get(i), step.effects().get(i));
                arrivals.add(arrival);
                // Shown at the last one that changed something.
                cause = cause == null || arrival.changedTheCall() ? arrival : cause;
            }
            emitted.addAll(step.emissions(), cause);
        }
        emitted.addAll(replay.passToTheEnd(), null);
        Set<String> sessions = emitted.sessions();
        Set<FactId> shown = emitted.facts();
        return new CallHistory(
                accountId,
                sessions,
                recording.lines().stream()
                        .filter(line -> isOf(accountId, sessions, line.known()) || isShown(line, accountId, shown))
                        .toList(),
                arrivals.stream()
                        .filter(arrival ->
                                sessions.contains(arrival.event().session().telephonySessionId()))
                        .toList(),
                emitted.ofTheCall(),
                emitted.last());
    }

    private static boolean isOf(String accountId, Set<String> sessions, SessionKey session) {
        return session.accountId().equals(accountId) && sessions.contains(session.telephonySessionId());
    }

    /** A recording or message names no session. */
    private static boolean isShown(RecordedLine line, String accountId, Set<FactId> shown) {
        return line.fact() != null
                && line.fact().notice().accountId().equals(accountId)
                && shown.contains(line.fact().notice().whole().id());
    }

    /** A line that names no account cannot be used, but it may have been meant for this call. */
    private static boolean isOf(String accountId, Set<String> sessions, EnvelopeIds known) {
        return (known.account() == null || known.account().equals(accountId))
                && known.telephonySessionId() != null
                && sessions.contains(known.telephonySessionId());
    }
}

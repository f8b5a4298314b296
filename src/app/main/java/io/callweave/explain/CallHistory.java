package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.fact.FactId;
import io.callweave.call.record.Artifact;
import io.callweave.explain.replay.StageReplay;
import io.callweave.notification.EnvelopeIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was received for one call, its effect, and the records that were emitted.
 *
 * @param sessions the telephony sessions of the final call
 * @param lines of its sessions, in order of arrival, including those that cannot be used
 * @param arrivals the party events of those lines
 * @param emitted in order of emission
 */
record CallHistory(
        String accountId,
        Set<String> sessions,
        List<RecordedLine> lines,
        List<Arrival> arrivals,
        List<Emitted> emitted) {

    /** Replays an account, and keeps what concerns the final call of a telephony session. */
    static CallHistory of(RecordedLines recording, String accountId, String telephonySessionId, StageReplay replay) {
        List<Arrival> arrivals = new ArrayList<>();
        List<Emitted> emitted = new ArrayList<>();
        for (RecordedLine line : recording.lines()) {
            if (line.receivedAt() == null) {
                continue;
            }
            addAll(replay.passTo(line.receivedAt()), null, emitted);
            if (line.fact() != null && line.fact().notice().accountId().equals(accountId)) {
                replay.accept(line.fact().notice(), line.source(), line.fact().value());
            }
            List<PartyEvent> events = line.events();
            if (events.isEmpty() || !events.get(0).session().accountId().equals(accountId)) {
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
            addAll(step.emissions(), cause, emitted);
        }
        addAll(replay.passToTheEnd(), null, emitted);
        return of(recording, accountId, sessionsOf(telephonySessionId, emitted), arrivals, emitted);
    }

    private static void addAll(List<StageReplay.Emission> emissions, @Nullable Arrival cause, List<Emitted> emitted) {
        emissions.forEach(emission -> emitted.add(Emitted.of(emission, cause)));
    }

    /** The sessions of the last record that has this one; else of the last record that misses it; else only itself. */
    private static Set<String> sessionsOf(String id, List<Emitted> emitted) {
        Set<String> sessions = null;
        for (Emitted each : emitted) {
            boolean misses = each.missing().contains(id) && (sessions == null || !sessions.contains(id));
            if (!each.isSuperseded() && (each.sessions().contains(id) || misses)) {
                sessions = each.sessions();
            }
        }
        return sessions == null ? Set.of(id) : sessions;
    }

    private static CallHistory of(
            RecordedLines recording,
            String accountId,
            Set<String> sessions,
            List<Arrival> arrivals,
            List<Emitted> emitted) {
        Set<FactId> shown = new HashSet<>();
        for (Emitted each : emitted) {
            for (Artifact artifact : each.artifacts()) {
                if (sessions.contains(artifact.telephonySessionId())) {
                    shown.add(new FactId(artifact.kind(), artifact.id(), ""));
                }
            }
        }
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
                emitted.stream()
                        .filter(each -> sessions.contains(each.emission().callId())
                                || each.sessions().stream().anyMatch(sessions::contains))
                        .toList());
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

    /** The last record that describes the call; null if none was emitted. */
    @Nullable
    Emitted last() {
        Emitted last = null;
        for (Emitted each : emitted) {
            last = each.isSuperseded() || !each.sessions().containsAll(sessions) ? last : each;
        }
        return last;
    }
}

package io.callweave.explain;

import io.callweave.call.fact.FactId;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.explain.replay.StageReplay;
import io.callweave.record.RecordedCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The records of a call while it is replayed: a large call can have hundreds of some megabytes, and not all are kept. */
final class EmittedRecords {

    /** Of JSON. */
    static final long MOST_BYTES = 8L << 20;

    private final String telephonySessionId;
    private final Set<String> relatives;
    private final Runnable pace;
    private final List<Emitted> all = new ArrayList<>();

    /** Most records have the sessions of another. */
    private final Map<Set<String>, Set<String>> sets = new HashMap<>();

    private final Map<String, Set<FactId>> facts = new HashMap<>();
    private long bytes;
    private @Nullable Emitted last;
    private int lastIndex;

    /**
     * Has none yet.
     *
     * @param relatives the sessions that can be of the call
     * @param pace runs before each
     */
    EmittedRecords(String telephonySessionId, Set<String> relatives, Runnable pace) {
        this.pace = pace;
        this.telephonySessionId = telephonySessionId;
        this.relatives = relatives;
    }

    void addAll(List<StageReplay.Emission> emissions, @Nullable Arrival cause) {
        for (StageReplay.Emission emission : emissions) {
            if (relatives.contains(emission.callId())) {
                pace.run();
                add(emission, cause);
            }
        }
    }

    private void add(StageReplay.Emission emission, @Nullable Arrival cause) {
        CallRecord call = RecordedCall.read(Emitted.tree(emission));
        Set<String> sessions = call.isBackfilled()
                ? Set.of(call.callId())
                : call.sessions().stream()
                        .map(SessionRecord::telephonySessionId)
                        .collect(Collectors.toSet());
        Emitted each = new Emitted(emission, shared(sessions), shared(call.missingSessions()), cause);
        for (Artifact artifact : call.artifacts()) {
            facts.computeIfAbsent(artifact.telephonySessionId(), session -> new HashSet<>())
                    .add(new FactId(artifact.kind(), artifact.id(), ""));
        }
        bytes += emission.json().length;
        if (describesTheCall(each)) {
            last = each;
            lastIndex = all.size();
        }
        all.add(bytes <= MOST_BYTES ? each : each.notKept());
    }

    private Set<String> shared(Set<String> sessions) {
        return sets.computeIfAbsent(sessions, same -> same);
    }

    /** The last record that has the session; else the last that misses it; and those of all its sessions that follow. */
    private boolean describesTheCall(Emitted each) {
        if (each.isSuperseded()) {
            return false;
        }
        boolean misses = each.missing().contains(telephonySessionId)
                && (last == null || !last.sessions().contains(telephonySessionId));
        return misses
                || each.sessions().contains(telephonySessionId)
                || (last != null && each.sessions().containsAll(last.sessions()));
    }

    @Nullable
    Emitted last() {
        return last;
    }

    /** Those of the final call. */
    Set<String> sessions() {
        return last == null ? Set.of(telephonySessionId) : last.sessions();
    }

    /** Later facts that records of the final call show. */
    Set<FactId> facts() {
        return sessions().stream()
                .flatMap(session -> facts.getOrDefault(session, Set.of()).stream())
                .collect(Collectors.toSet());
    }

    /** Those about a session of the final call. */
    List<Emitted> ofTheCall() {
        if (last != null) {
            all.set(lastIndex, last);
        }
        Set<String> sessions = sessions();
        return all.stream()
                .filter(each -> sessions.contains(each.emission().callId())
                        || each.sessions().stream().anyMatch(sessions::contains))
                .toList();
    }
}

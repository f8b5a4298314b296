package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.explain.replay.StageReplay;
import io.callweave.record.RecordedCall;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An emitted record. An account can have many of them, and few are looked at, so the JSON is not parsed in advance.
 *
 * @param sessions the sessions that the record is about
 * @param missing the sessions that it misses
 * @param artifacts what it shows of later facts
 * @param cause the party event that caused the emission; null if a wait was over
 */
record Emitted(
        StageReplay.Emission emission,
        Set<String> sessions,
        Set<String> missing,
        List<Artifact> artifacts,
        @Nullable Arrival cause) {

    static Emitted of(StageReplay.Emission emission, @Nullable Arrival cause) {
        CallRecord call = RecordedCall.read(tree(emission));
        Set<String> sessions = call.isBackfilled()
                ? Set.of(call.callId())
                : call.sessions().stream()
                        .map(SessionRecord::telephonySessionId)
                        .collect(Collectors.toSet());
        return new Emitted(emission, sessions, call.missingSessions(), call.artifacts(), cause);
    }

    /** What the record says; read on each call. */
    CallRecord call() {
        return RecordedCall.read(json());
    }

    /** The record with all its fields, to be compared; parsed on each call. */
    JsonNode json() {
        return tree(emission);
    }

    /** Whether it is only what happens if nothing more is received. */
    boolean isAhead(long now) {
        return cause == null && emission.time() > now;
    }

    /** Whether it only says that the call is now part of another one. */
    boolean isSuperseded() {
        return emission.reason() == CompletionReason.SUPERSEDED;
    }

    private static JsonNode tree(StageReplay.Emission emission) {
        try {
            return JsonLimits.tree(emission.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.CompletionReason;
import io.callweave.topology.Replay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record that went out. An account can have many of them, and few are looked at, so the JSON stays as it is.
 *
 * @param sessions the sessions that the record is about
 * @param missing the sessions that it misses
 * @param cause the party event that it went out because of; null if a wait was over
 */
record Emitted(
        Replay.Emission emission,
        Set<String> sessions,
        Set<String> missing,
        @Nullable Arrival cause) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Emitted of(Replay.Emission emission, @Nullable Arrival cause) {
        JsonNode json = tree(emission);
        Set<String> sessions = new HashSet<>();
        json.path("sessions")
                .forEach(session ->
                        sessions.add(session.path("telephonySessionId").asText()));
        Set<String> missing = new HashSet<>();
        json.path("missingSessions").forEach(id -> missing.add(id.asText()));
        return new Emitted(emission, sessions, missing, cause);
    }

    /** The record; read anew each time. */
    JsonNode json() {
        return tree(emission);
    }

    /** Whether it only says that the call is part of another one now. */
    boolean isSuperseded() {
        return emission.reason() == CompletionReason.SUPERSEDED;
    }

    private static JsonNode tree(Replay.Emission emission) {
        try {
            return JSON.readTree(emission.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

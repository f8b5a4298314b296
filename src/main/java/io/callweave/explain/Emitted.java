package io.callweave.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.topology.Replay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A record that went out.
 *
 * @param cause the party event that it went out because of; null if a wait was over
 */
record Emitted(
        Replay.Emission emission, JsonNode json, @Nullable Arrival cause) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Emitted of(Replay.Emission emission, @Nullable Arrival cause) {
        try {
            return new Emitted(emission, JSON.readTree(emission.json()), cause);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isSuperseded() {
        return json.path("status").asText().equals("superseded");
    }

    /** The sessions that the record is about. */
    Set<String> sessions() {
        Set<String> ids = new TreeSet<>();
        json.path("sessions")
                .forEach(session -> ids.add(session.path("telephonySessionId").asText()));
        return ids;
    }

    boolean misses(String telephonySessionId) {
        for (JsonNode id : json.path("missingSessions")) {
            if (id.asText().equals(telephonySessionId)) {
                return true;
            }
        }
        return false;
    }

    /** In words: revision and call id. */
    String title() {
        return "revision " + emission.revision() + " of " + emission.callId();
    }
}

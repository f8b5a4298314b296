package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.record.CallRecord;
import io.callweave.explain.replay.StageReplay;
import io.callweave.record.RecordedCall;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An emitted record. A call can have many of them, and large ones, so the JSON is parsed when it is looked at.
 *
 * @param emission without JSON and situation if it is not {@linkplain #isKept kept}
 * @param sessions the sessions that the record is about
 * @param missing the sessions that it misses
 * @param cause the party event that caused the emission; null if a wait was over
 */
record Emitted(
        StageReplay.Emission emission,
        Set<String> sessions,
        Set<String> missing,
        @Nullable Arrival cause) {

    private static final byte[] NOT_KEPT = {};

    /**
     * What a record says.
     *
     * @param json with all its fields, to be compared
     */
    record Content(JsonNode json, CallRecord call) {}

    /** Whether it is known what it says. */
    boolean isKept() {
        return emission.json().length > 0;
    }

    Emitted notKept() {
        return new Emitted(
                new StageReplay.Emission(
                        emission.time(),
                        emission.accountId(),
                        emission.callId(),
                        emission.revision(),
                        emission.reason(),
                        NOT_KEPT,
                        null),
                sessions,
                missing,
                cause);
    }

    /** What it says; parsed on each call. */
    Content content() {
        JsonNode json = json();
        return new Content(json, RecordedCall.read(json));
    }

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

    static JsonNode tree(StageReplay.Emission emission) {
        try {
            return JsonLimits.tree(emission.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.callweave.deliver.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.fact.FactKind;
import io.callweave.deliver.EventType;
import io.callweave.value.Timestamps;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What a record of a call waits for before it is posted, so that a CRM logs a call once. A newer revision replaces the one that
 * waits.
 *
 * @param kinds recordings, insights of recordings, or both
 * @param atMostMs after the end of the call
 */
public record WaitFor(Set<FactKind> kinds, long atMostMs) {

    /** What can be waited for: nobody knows beforehand whether a call gets voicemail. */
    public static final Set<FactKind> POSSIBLE = Set.of(FactKind.RECORDING, FactKind.INSIGHTS);

    public static final Duration USUAL = Duration.ofMinutes(15);
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final String WHAT = "A subscription can wait for recording and insights.";

    /** Everything is posted at once. */
    public static final WaitFor NOTHING = new WaitFor(Set.of(), 0);

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException one sentence
     */
    public WaitFor {
        kinds = Set.copyOf(kinds);
        if (!POSSIBLE.containsAll(kinds)) {
            throw new IllegalArgumentException(WHAT);
        }
        if (atMostMs < 0 || atMostMs > LONGEST.toMillis()) {
            throw new IllegalArgumentException("A subscription can wait for at most 24 hours.");
        }
    }

    /**
     * Reads names of kinds.
     *
     * @throws IllegalArgumentException one sentence
     */
    public static WaitFor of(Collection<String> names, Duration atMost) {
        Set<FactKind> kinds = FactKind.artifacts(names);
        if (kinds.size() != new HashSet<>(names).size()) {
            throw new IllegalArgumentException(WHAT);
        }
        return kinds.isEmpty() ? NOTHING : new WaitFor(kinds, atMost.toMillis());
    }

    /**
     * When to post, in milliseconds since the epoch.
     *
     * @param value a call record, if the type is one of records
     * @param now if there is nothing to wait for
     */
    public long until(EventType type, JsonNode value, long now) {
        if (kinds.isEmpty()
                || !EventType.RECORDS.contains(type)
                || type == EventType.CALL_SUPERSEDED
                || !isIncomplete(value.path("artifacts"))) {
            return now;
        }
        try {
            return Math.max(now, Timestamps.millis(value.path("endTime").asText()) + atMostMs);
        } catch (DateTimeParseException notOver) {
            return now;
        }
    }

    /** A call without a recording waits for nothing. */
    private boolean isIncomplete(JsonNode artifacts) {
        Set<String> recordings = new HashSet<>();
        Set<String> analysed = new HashSet<>();
        for (JsonNode artifact : artifacts) {
            String kind = artifact.path("kind").asText();
            if (kind.equals(FactKind.RECORDING.wireName())) {
                if (kinds.contains(FactKind.RECORDING) && !artifact.hasNonNull("readyAt")) {
                    return true;
                }
                recordings.add(artifact.path("id").asText());
            } else if (kind.equals(FactKind.INSIGHTS.wireName()) && artifact.hasNonNull("summary")) {
                analysed.add(artifact.path("recordingId").asText());
            }
        }
        return kinds.contains(FactKind.INSIGHTS) && !analysed.containsAll(recordings);
    }
}

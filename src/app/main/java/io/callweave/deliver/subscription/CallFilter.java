package io.callweave.deliver.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.deliver.EventType;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which calls a subscription wants. Each part that is not empty must match. It looks at the JSON, because a number counts
 * wherever it stands: also in fields that no reader of ours takes, such as a party as RingCentral sent it.
 *
 * @param directions such as {@code Inbound}
 * @param results such as {@code Missed}; of calls that are over
 * @param queues ids of extensions
 * @param extensions ids of extensions that take part in any role
 * @param numbers phone numbers, or their beginnings
 * @param minTalkMs of calls that are over; 0 for all
 */
public record CallFilter(
        Set<String> directions,
        Set<String> results,
        Set<String> queues,
        Set<String> extensions,
        Set<String> numbers,
        long minTalkMs) {

    /** Longer than any, with all that can be written in it; nothing begins with more. */
    public static final int LONGEST_NUMBER = 32;

    /** Longer than any of RingCentral, which have some 40 characters at most. */
    public static final int LONGEST_ID = 100;

    public static final CallFilter ALL = new CallFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), 0);

    /** Copies the sets. */
    public CallFilter {
        directions = copy(directions);
        results = copy(results);
        queues = copy(queues);
        extensions = copy(extensions);
        numbers = copy(numbers);
        if (minTalkMs < 0) {
            throw new IllegalArgumentException("The minimum talk time must not be negative: " + minTalkMs);
        }
    }

    /** How many there are in all parts. */
    public int texts() {
        return directions.size() + results.size() + queues.size() + extensions.size() + numbers.size();
    }

    /** Of all texts in all parts. */
    public long characters() {
        return Stream.of(directions, results, queues, extensions, numbers)
                .flatMap(Set::stream)
                .mapToLong(String::length)
                .sum();
    }

    /** Texts of somebody else, who can choose them so that {@link Set#of} would look at all of them for each. */
    private static Set<String> copy(Set<String> texts) {
        return Collections.unmodifiableSet(new HashSet<>(texts));
    }

    /** Whether it matches a call record, a live call or a party event. */
    public boolean matches(EventType type, JsonNode value) {
        return matches(type, new FilteredCall(value));
    }

    /** The same; faster for several filters. */
    public boolean matches(EventType type, FilteredCall call) {
        return direction(call.value())
                && (!EventType.RECORDS.contains(type) || record(call.value()))
                && (queues.isEmpty() || call.hasAny(FilteredCall.QUEUE, queues))
                && (extensions.isEmpty() || call.hasAny(FilteredCall.EXTENSION, extensions))
                && (numbers.isEmpty() || call.hasAny(FilteredCall.NUMBER, numbers));
    }

    private boolean direction(JsonNode value) {
        if (directions.isEmpty()) {
            return true;
        }
        JsonNode found = value.hasNonNull("direction")
                ? value.path("direction")
                : value.path("party").path("direction");
        return directions.contains(found.asText());
    }

    private boolean record(JsonNode value) {
        return (results.isEmpty() || results.contains(value.path("result").asText()))
                && value.path("talkMs").asLong() >= minTalkMs;
    }
}

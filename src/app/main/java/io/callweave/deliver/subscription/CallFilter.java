package io.callweave.deliver.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.deliver.EventType;
import java.util.Set;
import java.util.stream.IntStream;

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

    /** Far longer than any, with all that can be written in it; nothing begins with more. */
    private static final int LONGEST_NUMBER = 100;

    public static final CallFilter ALL = new CallFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), 0);

    /** Copies the sets. */
    public CallFilter {
        directions = Set.copyOf(directions);
        results = Set.copyOf(results);
        queues = Set.copyOf(queues);
        extensions = Set.copyOf(extensions);
        numbers = Set.copyOf(numbers);
        if (minTalkMs < 0) {
            throw new IllegalArgumentException("The minimum talk time must not be negative: " + minTalkMs);
        }
    }

    /** How many there are in all parts. */
    public int texts() {
        return directions.size() + results.size() + queues.size() + extensions.size() + numbers.size();
    }

    /**
     * Whether it matches.
     *
     * @param value a call record, a live call or a party event
     */
    public boolean matches(EventType type, JsonNode value) {
        return direction(value)
                && (!EventType.RECORDS.contains(type) || record(value))
                && (queues.isEmpty() || anywhere(value, "queueExtensionId", queues, false))
                && (extensions.isEmpty() || anywhere(value, "extensionId", extensions, false))
                && (numbers.isEmpty() || anywhere(value, "phoneNumber", numbers, true));
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

    private static boolean anywhere(JsonNode node, String field, Set<String> wanted, boolean beginning) {
        JsonNode here = node.path(field);
        if (here.isValueNode() && isWanted(here.asText(), wanted, beginning)) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainerNode() && anywhere(child, field, wanted, beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWanted(String text, Set<String> wanted, boolean beginning) {
        // Not each that is wanted: an account can have tens of thousands of them, and a call as many numbers.
        return beginning
                ? IntStream.rangeClosed(0, Math.min(text.length(), LONGEST_NUMBER))
                        .anyMatch(end -> wanted.contains(text.substring(0, end)))
                : wanted.contains(text);
    }
}

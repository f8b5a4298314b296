package io.callweave.bridge;

import java.util.Map;

/**
 * What an {@link Intake} has done so far.
 *
 * @param published confirmed on {@code notifications}
 * @param refused confirmed on {@code dead-letters}, by reason
 * @param skipped other event types, by kind
 * @param failed neither, because Kafka did not take them
 */
public record IntakeCounts(long published, Map<String, Long> refused, Map<String, Long> skipped, long failed) {

    public IntakeCounts {
        refused = Map.copyOf(refused);
        skipped = Map.copyOf(skipped);
    }
}

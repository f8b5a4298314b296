package io.callweave.console.store;

import io.callweave.call.record.CallRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What finished calls tell of agents: which queues rang them, and when their last call ended. In memory; thread-safe. */
public final class KnownAgents {

    private final Map<Agent, Known> all = new ConcurrentHashMap<>();

    private record Agent(String accountId, String extensionId) {}

    /**
     * Of an agent.
     *
     * @param queues that rang the agent; RingCentral sends no members of queues
     * @param lastEnd in milliseconds since the epoch; null if no call is known
     */
    public record Known(Set<String> queues, @Nullable Long lastEnd) {

        private Known and(Known other) {
            Set<String> both = queues;
            if (!queues.containsAll(other.queues)) {
                both = new TreeSet<>(queues);
                both.addAll(other.queues);
            }
            return new Known(both, Math.max(Objects.requireNonNull(lastEnd), Objects.requireNonNull(other.lastEnd)));
        }
    }

    /**
     * An extension in a call.
     *
     * @param queue that rang it
     * @param end when it left the call
     */
    record Seen(String extensionId, @Nullable String queue, long end) {}

    /** The extensions of a call that took part in it. */
    static List<Seen> in(CallRecord call) {
        return call.parties().stream()
                .filter(party -> party.extensionId() != null && party.role().takesPart())
                .map(party -> new Seen(
                        String.valueOf(party.extensionId()),
                        party.queueExtensionId(),
                        Objects.requireNonNullElse(party.endTime(), call.times().endTime())))
                .toList();
    }

    /** Learns those of a call; calls may come in any order. */
    void learn(String accountId, List<Seen> seen) {
        for (Seen each : seen) {
            Set<String> queues = each.queue == null ? Set.of() : Set.of(each.queue);
            all.merge(new Agent(accountId, each.extensionId), new Known(queues, each.end), Known::and);
        }
    }

    /** What is known of an agent. */
    public Known of(String accountId, String extensionId) {
        return all.getOrDefault(new Agent(accountId, extensionId), new Known(Set.of(), null));
    }
}

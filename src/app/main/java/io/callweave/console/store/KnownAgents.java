package io.callweave.console.store;

import io.callweave.call.record.CallRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the finished calls of the store tell of agents: which queues rang them, and when their last call ended. In memory;
 * thread-safe.
 */
public final class KnownAgents {

    /** Of one account, more than the largest have; further ones are not known, so that a tenant cannot fill the memory. */
    static final int MOST_OF_ACCOUNT = 100_000;

    /** Of one agent. */
    static final int MOST_QUEUES = 100;

    private final Map<String, Map<String, Agent>> accounts = new HashMap<>();

    /** Of the newest call of each, when it came on the topic. */
    private static final class Agent {

        private final Map<String, Long> queues = new TreeMap<>();
        private long lastEnd = Long.MIN_VALUE;
        private long emittedAt = Long.MIN_VALUE;

        private void learn(Seen seen, long at) {
            lastEnd = Math.max(lastEnd, seen.end);
            emittedAt = Math.max(emittedAt, at);
            if (seen.queue != null && (queues.size() < MOST_QUEUES || queues.containsKey(seen.queue))) {
                queues.merge(seen.queue, at, Math::max);
            }
        }

        /** Returns whether nothing is left. */
        private boolean forget(long before) {
            queues.values().removeIf(at -> at < before);
            return emittedAt < before;
        }
    }

    /**
     * Of an agent.
     *
     * @param queues that rang the agent; RingCentral sends no members of queues
     * @param lastEnd in milliseconds since the epoch; null if no call is known
     */
    public record Known(Set<String> queues, @Nullable Long lastEnd) {}

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

    /**
     * Learns those of a call; calls may come in any order.
     *
     * @param emittedAt when the record came on the topic, in milliseconds since the epoch
     */
    synchronized void learn(String accountId, List<Seen> seen, long emittedAt) {
        if (seen.isEmpty()) {
            return;
        }
        Map<String, Agent> agents = accounts.computeIfAbsent(accountId, added -> new HashMap<>());
        for (Seen each : seen) {
            Agent agent = agents.get(each.extensionId);
            if (agent == null && agents.size() < MOST_OF_ACCOUNT) {
                agent = new Agent();
                agents.put(each.extensionId, agent);
            }
            if (agent != null) {
                agent.learn(each, emittedAt);
            }
        }
    }

    /**
     * Forgets what only calls told that are not kept.
     *
     * @param kept when the oldest that is kept of each account came on the topic
     */
    synchronized void forget(Map<String, Long> kept) {
        accounts.entrySet().removeIf(account -> {
            long before = kept.getOrDefault(account.getKey(), Long.MAX_VALUE);
            account.getValue().values().removeIf(agent -> agent.forget(before));
            return account.getValue().isEmpty();
        });
    }

    /** What is known of an agent. */
    public synchronized Known of(String accountId, String extensionId) {
        Agent agent = accounts.getOrDefault(accountId, Map.of()).get(extensionId);
        return agent == null
                ? new Known(Set.of(), null)
                : new Known(new TreeMap<>(agent.queues).navigableKeySet(), agent.lastEnd);
    }
}

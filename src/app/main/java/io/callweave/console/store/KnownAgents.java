package io.callweave.console.store;

import io.callweave.call.record.CallRecord;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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

    /** Of one account, more than the largest have; further ones are not known: a tenant must not fill the memory. */
    static final int MOST_OF_ACCOUNT = 100_000;

    /** Of the memory, the part that those of all accounts take at most. */
    private static final int SHARE = 8;

    /** Of that, those of one account. */
    private static final int SHARE_OF_ACCOUNT = 4;

    /** What an agent, or a queue of an agent, takes beside its id, in bytes. */
    private static final int AROUND_ID = 150;

    /** Of one agent. */
    static final int MOST_QUEUES = 100;

    private final Map<String, Account> accounts = new HashMap<>();
    private final long mostBytes;

    /** Of all accounts. */
    private long bytes;

    /** Those of an account, and about how many bytes they take. */
    private static final class Account {

        /** Who came first comes first. */
        private final Map<String, Agent> agents = new LinkedHashMap<>();

        private long bytes;
    }

    /** Of the newest call of each, when it came on the topic. */
    private static final class Agent {

        private final Map<String, Long> queues = new TreeMap<>();
        private long lastEnd = Long.MIN_VALUE;
        private long emittedAt = Long.MIN_VALUE;

        private void learn(Seen seen, long at) {
            lastEnd = Math.max(lastEnd, seen.end);
            emittedAt = Math.max(emittedAt, at);
        }

        private long bytes(String id) {
            return KnownAgents.bytes(id)
                    + queues.keySet().stream().mapToLong(KnownAgents::bytes).sum();
        }

        /** Returns whether nothing is left. */
        private boolean forget(long before) {
            queues.values().removeIf(at -> at < before);
            return emittedAt < before;
        }
    }

    /** Knows nothing yet. */
    KnownAgents() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param mostBytes of those of all accounts */
    KnownAgents(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    private static long bytes(String id) {
        return AROUND_ID + 2L * id.length();
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
        Account account = accounts.computeIfAbsent(accountId, added -> new Account());
        for (Seen each : seen) {
            Agent agent = account.agents.get(each.extensionId);
            if (agent == null && account.agents.size() < MOST_OF_ACCOUNT && takes(account, each.extensionId)) {
                agent = new Agent();
                account.agents.put(each.extensionId, agent);
            }
            if (agent != null) {
                agent.learn(each, emittedAt);
                String queue = each.queue;
                if (queue != null
                        && (agent.queues.containsKey(queue)
                                || (agent.queues.size() < MOST_QUEUES && takes(account, queue)))) {
                    agent.queues.merge(queue, emittedAt, Math::max);
                }
            }
        }
    }

    /** Whether the account may have another id; others that have more make room for it. */
    private boolean takes(Account account, String id) {
        long more = bytes(id);
        if (id.length() > StoreBatch.LONGEST_COUNTED || account.bytes + more > mostBytes / SHARE_OF_ACCOUNT) {
            return false;
        }
        while (bytes + more > mostBytes) {
            Account largest = Collections.max(accounts.values(), Comparator.comparingLong(each -> each.bytes));
            if (largest.bytes <= account.bytes + more) {
                return false;
            }
            Iterator<Map.Entry<String, Agent>> agents =
                    largest.agents.entrySet().iterator();
            Map.Entry<String, Agent> first = agents.next();
            agents.remove();
            count(largest, -first.getValue().bytes(first.getKey()));
        }
        count(account, more);
        return true;
    }

    private void count(Account account, long more) {
        account.bytes += more;
        bytes += more;
    }

    /**
     * Forgets what only calls told that are not kept.
     *
     * @param kept when the oldest that is kept of each account came on the topic
     */
    synchronized void forget(Map<String, Long> kept) {
        accounts.entrySet().removeIf(account -> {
            long before = kept.getOrDefault(account.getKey(), Long.MAX_VALUE);
            Map<String, Agent> agents = account.getValue().agents;
            agents.values().removeIf(agent -> agent.forget(before));
            long now = agents.entrySet().stream()
                    .mapToLong(agent -> agent.getValue().bytes(agent.getKey()))
                    .sum();
            count(account.getValue(), now - account.getValue().bytes);
            return agents.isEmpty();
        });
    }

    /** What is known of an agent. */
    public synchronized Known of(String accountId, String extensionId) {
        Account account = accounts.get(accountId);
        Agent agent = account == null ? null : account.agents.get(extensionId);
        return agent == null
                ? new Known(Set.of(), null)
                : new Known(new TreeMap<>(agent.queues).navigableKeySet(), agent.lastEnd);
    }
}

package io.callweave.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which share of the calls of a queue should be answered in time. Windows do not contain goals: pages compare a service
 * level with its goal when they show it.
 *
 * @param usual in percent, of accounts and of all other queues; null for none
 * @param ofQueues by account, then by the extension of the queue
 */
public record ServiceGoals(@Nullable Integer usual, Map<String, Map<String, Integer>> ofQueues) {

    public static final ServiceGoals NONE = new ServiceGoals(null, Map.of());

    /** The goal of a queue in percent; null if it has none. */
    public @Nullable Integer ofQueue(String accountId, String queueExtensionId) {
        Integer own = ofQueues.getOrDefault(accountId, Map.of()).get(queueExtensionId);
        return own == null ? usual : own;
    }

    /**
     * Whether a service level reaches its goal.
     *
     * @param goal in percent
     * @param within how many were answered in time
     * @param counted what that is a share of
     */
    public static boolean isReached(int goal, long within, long counted) {
        return 100 * within >= goal * counted;
    }
}

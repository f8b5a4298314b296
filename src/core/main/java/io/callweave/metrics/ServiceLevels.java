package io.callweave.metrics;

import io.callweave.checks.Check;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service levels of the settings: the usual one, and queues with one of their own.
 *
 * @param usual of extensions, departments, numbers, and all other queues
 * @param ofQueues by account, then by the extension of the queue
 */
public record ServiceLevels(ServiceLevel usual, Map<String, Map<String, ServiceLevel>> ofQueues) {

    public static final ServiceLevels DEFAULT = of(Duration.ofSeconds(20), Duration.ZERO, Map.of(), Map.of());

    /**
     * Service levels of settings.
     *
     * @param threshold the longest wait that is in time
     * @param shortAbandon a caller who gives up earlier does not count; zero: all count
     * @param thresholds of queues, by account, then by extension
     * @param shortAbandons of queues, by account, then by extension
     */
    public static ServiceLevels of(
            Duration threshold,
            Duration shortAbandon,
            Map<String, Map<String, Duration>> thresholds,
            Map<String, Map<String, Duration>> shortAbandons) {
        Check.positive("metrics.service-level", threshold);
        Check.notNegative("metrics.short-abandon", shortAbandon);
        ServiceLevel usual = new ServiceLevel(threshold.toMillis(), shortAbandon.toMillis());
        Map<String, Map<String, ServiceLevel>> ofQueues = new HashMap<>();
        thresholds.forEach((account, queues) -> queues.forEach((queue, own) ->
                change(ofQueues, account, queue, new ServiceLevel(own.toMillis(), usual.shortAbandonMs()))));
        shortAbandons.forEach((account, queues) -> queues.forEach((queue, own) -> {
            ServiceLevel known = ofQueues.getOrDefault(account, Map.of()).getOrDefault(queue, usual);
            change(ofQueues, account, queue, new ServiceLevel(known.thresholdMs(), own.toMillis()));
        }));
        return new ServiceLevels(usual, ofQueues);
    }

    private static void change(
            Map<String, Map<String, ServiceLevel>> ofQueues, String account, String queue, ServiceLevel level) {
        ofQueues.computeIfAbsent(account, added -> new HashMap<>()).put(queue, level);
    }

    /** The service level of a queue. */
    public ServiceLevel ofQueue(String accountId, String queueExtensionId) {
        return ofQueues.getOrDefault(accountId, Map.of()).getOrDefault(queueExtensionId, usual);
    }

    /**
     * The threshold of all queues of an account, in milliseconds; null if the settings name a queue of it with another
     * threshold than the usual one. It does not depend on the calls that there are.
     */
    public @Nullable Long thresholdMs(String accountId) {
        boolean same = ofQueues.getOrDefault(accountId, Map.of()).values().stream()
                .allMatch(level -> level.thresholdMs() == usual.thresholdMs());
        return same ? Long.valueOf(usual.thresholdMs()) : null;
    }

    /** The threshold of a window, in milliseconds; null if the queues of its account have several. */
    @Nullable
    Long thresholdMs(WindowKey window) {
        return switch (window.scope()) {
            case ACCOUNT -> thresholdMs(window.accountId());
            case QUEUE ->
                Long.valueOf(ofQueue(window.accountId(), window.scopeId()).thresholdMs());
            default -> Long.valueOf(usual.thresholdMs());
        };
    }
}

package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Deliveries of one queue that were given up, until their dead letters are on the broker. For one thread, but for {@link #kept}. */
final class GivenUp {

    private final Map<String, Set<String>> slots = new HashMap<>();
    private final Queue<QueuedWebhook> kept = new ConcurrentLinkedQueue<>();

    /** Returns false if it is known already. */
    boolean add(QueuedWebhook delivery) {
        return slots.computeIfAbsent(delivery.subscription(), id -> new HashSet<>())
                .add(delivery.occurrence().slot());
    }

    boolean contains(String subscription, String slot) {
        return slots.getOrDefault(subscription, Set.of()).contains(slot);
    }

    /** Returns false if it was not given up, or is wanted again. */
    boolean remove(String subscription, String slot) {
        Set<String> of = slots.get(subscription);
        if (of == null || !of.remove(slot)) {
            return false;
        }
        if (of.isEmpty()) {
            slots.remove(subscription);
        }
        return true;
    }

    /** The dead letter of a delivery is on the broker. Thread-safe. */
    void kept(QueuedWebhook delivery) {
        kept.add(delivery);
    }

    /** The next of those whose dead letters are on the broker; null if there is none. */
    @Nullable
    QueuedWebhook nextKept() {
        return kept.poll();
    }
}

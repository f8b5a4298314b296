package io.callweave.deliver.manage;

import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A {@link SubscriptionStore} without Kafka. */
public class MemoryStore implements SubscriptionStore {

    private final Map<String, WebhookSubscription> subscriptions = new TreeMap<>();
    private final List<String> tests = new ArrayList<>();
    private final List<Undelivered> undelivered = new ArrayList<>();
    private final List<Undelivered> again = new ArrayList<>();

    private final Set<String> asked = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();

    private long changes;
    private int unsafe;
    private int mostUnsafe;

    @Override
    public synchronized Map<String, WebhookSubscription> all() {
        return new TreeMap<>(subscriptions);
    }

    @Override
    public synchronized Place put(WebhookSubscription subscription) {
        subscriptions.put(subscription.id(), subscription);
        return new Place(0, changes++);
    }

    @Override
    public synchronized Place delete(String id) {
        subscriptions.remove(id);
        return new Place(0, changes++);
    }

    @Override
    public synchronized void test(String id, long now) {
        tests.add(id);
    }

    @Override
    public void undelivered(Set<String> accounts, Consumer<Undelivered> sink) {
        asked.addAll(accounts);
        List.copyOf(undelivered).forEach(sink);
    }

    @Override
    public synchronized Runnable again(Undelivered webhook) {
        again.add(webhook);
        unsafe++;
        mostUnsafe = Math.max(mostUnsafe, unsafe);
        return () -> {
            unsafe--;
            if (refused.contains(webhook.slot())) {
                throw new SubscriptionException(SubscriptionException.Kind.UNAVAILABLE, "It is not taken.");
            }
        };
    }

    /** The slots of what is not taken when it is asked for; to be filled. */
    public Set<String> refused() {
        return refused;
    }

    /** What is asked for and not safe yet. */
    public int unsafe() {
        return unsafe;
    }

    /** At any time. */
    public int mostUnsafe() {
        return mostUnsafe;
    }

    /** The subscriptions for which a test was asked. */
    public List<String> tests() {
        return tests;
    }

    /** What could not be delivered; to be filled. */
    public List<Undelivered> lost() {
        return undelivered;
    }

    /** The accounts in which somebody wanted to know what could not be delivered. */
    public Set<String> asked() {
        return asked;
    }

    /** What is to be delivered again. */
    public List<Undelivered> resent() {
        return again;
    }
}

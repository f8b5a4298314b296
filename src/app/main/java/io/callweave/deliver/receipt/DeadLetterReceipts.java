package io.callweave.deliver.receipt;

import io.callweave.topics.Headers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which dead letters are on the broker. What was given up leaves its queue only then: the queue's changelog and the dead letters
 * are different topics, and a crash can keep the one and lose the other. Thread-safe.
 */
public final class DeadLetterReceipts {

    /** The header with the id of the subscription. */
    public static final String SUBSCRIPTION = "subscription";

    /** The header with the id of the webhook. */
    public static final String WEBHOOK_ID = "webhookId";

    private final Map<String, Runnable> awaited = new ConcurrentHashMap<>();

    /**
     * A dead letter is sent now.
     *
     * @param kept is run when it is on the broker, on any thread
     */
    public void await(String subscription, String webhookId, Runnable kept) {
        awaited.put(key(subscription, webhookId), kept);
    }

    /** The broker has a record with these headers. */
    public void kept(org.apache.kafka.common.header.Headers headers) {
        String webhookId = Headers.text(headers, WEBHOOK_ID);
        String subscription = Headers.text(headers, SUBSCRIPTION);
        if (webhookId != null && subscription != null) {
            Runnable kept = awaited.remove(key(subscription, webhookId));
            if (kept != null) {
                kept.run();
            }
        }
    }

    /** The id of a subscription has no space. */
    private static String key(String subscription, String webhookId) {
        return subscription + " " + webhookId;
    }
}

package io.callweave.deliver.manage;

import io.callweave.deliver.EventType;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.topics.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that could not be delivered, as its topic has it.
 *
 * @param slot names what it is about, such as {@code accountId/callId}
 * @param time when it was given up, in milliseconds since the epoch
 */
public record Undelivered(String slot, byte[] value, org.apache.kafka.common.header.Headers headers, long time) {

    /** Null if it does not say. */
    public @Nullable String subscription() {
        return Headers.text(headers, DeliveryHeaders.SUBSCRIPTION);
    }

    boolean isTest() {
        return EventType.TEST.wireName().equals(Headers.text(headers, DeliveryHeaders.TYPE));
    }

    public String webhookId() {
        return String.valueOf(Headers.text(headers, DeliveryHeaders.WEBHOOK_ID));
    }

    /** Whether it is about this call. */
    public boolean isOf(String call) {
        String[] parts = slot.split("/", -1);
        return parts.length > 1 && parts[1].equals(call);
    }
}

package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic that tells of an account.
 *
 * @param timestamp in milliseconds since the epoch
 * @param value null if the record deletes
 */
record ArrivedRecord(
        String account,
        QueuedWebhook.Origin origin,
        String key,
        long timestamp,
        Headers headers,
        byte @Nullable [] value) {}

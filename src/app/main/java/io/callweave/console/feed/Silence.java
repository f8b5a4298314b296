package io.callweave.console.feed;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka answers. A consumer polls on without a word when all brokers are away, but an answer to its fetches comes at
 * least twice a second, also when there is nothing new.
 */
final class Silence {

    private static final String BYTES = "incoming-byte-total";
    private static final String GROUP = "consumer-metrics";
    private static final long LONG_MS = 5_000;

    private @Nullable Metric bytes;
    private double heard = -1;
    private long heardAt;

    /**
     * Looks now.
     *
     * @param now in milliseconds since the epoch
     * @return when Kafka was last heard of, if that is some seconds ago
     */
    OptionalLong since(Consumer<?, ?> consumer, long now) {
        if (bytes == null) {
            bytes = consumer.metrics().values().stream()
                    .filter(metric -> metric.metricName().name().equals(BYTES)
                            && metric.metricName().group().equals(GROUP))
                    .findFirst()
                    .orElse(null);
        }
        return bytes == null ? OptionalLong.empty() : since((Double) bytes.metricValue(), now);
    }

    OptionalLong since(double total, long now) {
        if (total != heard) {
            heard = total;
            heardAt = now;
        }
        return now - heardAt > LONG_MS ? OptionalLong.of(heardAt) : OptionalLong.empty();
    }
}

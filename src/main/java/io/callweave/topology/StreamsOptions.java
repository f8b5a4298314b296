package io.callweave.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Callweave runs Kafka Streams, whatever the cluster. */
public final class StreamsOptions {

    private StreamsOptions() {}

    /**
     * What Kafka Streams is started with.
     *
     * @param given {@code bootstrap.servers}, {@code application.id}, {@code state.dir} and whatever else is to win over
     *     what stands here, but for the guarantee
     */
    public static Properties of(Map<String, Object> given) {
        Map<String, Object> options = new HashMap<>();
        // The stores are kept folded in memory where that helps; a second cache would only hold records back.
        options.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Names that depend on the order of the code would lose the state with the next change.
        options.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        options.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        options.putAll(given);
        options.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        Properties properties = new Properties();
        properties.putAll(options);
        return properties;
    }
}

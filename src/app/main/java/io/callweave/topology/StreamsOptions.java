package io.callweave.topology;

import io.callweave.topology.time.CommitSchedule;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/** How Callweave runs Kafka Streams, whatever the cluster. */
public final class StreamsOptions {

    private static final String BUFFER_MEMORY = StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG);
    private static final long DEFAULT_BUFFER_MEMORY = 32L << 20;

    private static final long IDLE_POLL_MS = 25;

    /** Kafka has the names of compressions in an internal class only. */
    private static final String SNAPPY = "snappy";

    /** For a thread that is far behind or has nothing but marks; else {@link CommitSchedule} asks sooner. */
    private static final long COMMIT_INTERVAL_MS = 1_000;

    /** Nothing is gained if the two partitions of a task wait for each other: each has a clock of its own. */
    private static final long NO_IDLING = -1;

    /** The constant is deprecated, the option is not. */
    private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    private StreamsOptions() {}

    /** Options that hold for each topology, that of the deliverer too. */
    public static Map<String, Object> everywhere() {
        return Map.of(
                // The stores are kept folded in memory where that helps; a second cache would only hold records back.
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                0,
                // As it will be from Kafka 5.0 on, or every start warns. Nothing that reads the directory throws. The
                // assignor makes itself a configuration out of what its consumer has.
                GLOBAL_HANDLER,
                true,
                StreamsConfig.mainConsumerPrefix(GLOBAL_HANDLER),
                true);
    }

    /**
     * What Kafka Streams is started with.
     *
     * @param given {@code bootstrap.servers}, {@code application.id}, {@code state.dir} and whatever else is to win over
     *     what stands here, but for the guarantee
     * @param partitions of {@code notifications}, and of the other topics
     */
    public static Properties of(Map<String, Object> given, int partitions) {
        return of(given, partitions, Runtime.getRuntime().maxMemory());
    }

    /** @param heap that there is at most, in bytes */
    static Properties of(Map<String, Object> given, int partitions, long heap) {
        Map<String, Object> options = new HashMap<>(everywhere());
        // Names that depend on the order of the code would lose the state with the next change.
        options.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        options.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // An idle thread looks at its clocks between polls: what a gap held up must not wait for a long one.
        options.put(StreamsConfig.POLL_MS_CONFIG, IDLE_POLL_MS);
        options.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        options.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, NO_IDLING);
        // Without it, a process that was killed restores all of its state.
        options.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
        options.putAll(given);
        ClientMemory memory = new ClientMemory(heap, threads(given), partitions);
        // For each notification several records are written, all alike: large compressed batches spare the broker, the
        // network and the disk about half of what it costs them. LZ4 costs more for each batch (ADR 32).
        String producer = StreamsConfig.PRODUCER_PREFIX;
        unlessGiven(options, producer, ProducerConfig.BATCH_SIZE_CONFIG, memory.batchBytes(bufferMemory(given)));
        unlessGiven(options, producer, ProducerConfig.COMPRESSION_TYPE_CONFIG, SNAPPY);
        // Nobody sees a record before its transaction is committed, and a commit sends what is left. To send a batch
        // that is not full before that only makes more of them.
        unlessGiven(options, producer, ProducerConfig.LINGER_MS_CONFIG, COMMIT_INTERVAL_MS);
        unlessGiven(options, StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, memory.fetchBytes());
        options.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        Properties properties = new Properties();
        properties.putAll(options);
        return properties;
    }

    /** Adds an option of one kind of client. With its prefix it would win over one that was given without. */
    public static void unlessGiven(Map<String, Object> options, String prefix, String option, Object value) {
        if (!options.containsKey(option)) {
            options.putIfAbsent(prefix + option, value);
        }
    }

    private static long bufferMemory(Map<String, Object> given) {
        Object bytes = given.getOrDefault(
                BUFFER_MEMORY, given.getOrDefault(ProducerConfig.BUFFER_MEMORY_CONFIG, DEFAULT_BUFFER_MEMORY));
        return (long) ConfigDef.parseType(BUFFER_MEMORY, bytes, ConfigDef.Type.LONG);
    }

    /** How many stream threads there will be with these options. */
    public static int threads(Map<String, Object> given) {
        String option = StreamsConfig.NUM_STREAM_THREADS_CONFIG;
        return (int) ConfigDef.parseType(option, given.getOrDefault(option, 1), ConfigDef.Type.INT);
    }
}

package io.callweave.bridge.spool;

import io.callweave.logging.LogPace;
import io.callweave.logging.RootCause;
import io.callweave.topics.Unauthorized;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for Kafka, on its own thread, until Kafka answers and has the topics; then there is a producer. A producer that failed is
 * closed with the records that it holds, and replaced. So a broker gets from each producer the first records that it was given, in
 * order, and a record that is sent again never comes after one that was sent later.
 */
final class KafkaLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLink.class);

    /** After this time the producer gives up a record. */
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(15);

    private static final int REQUEST_TIMEOUT_MS = 5_000;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A send blocks only if the partitions of the topic are not known, and they were asked for before. */
    private static final int SEND_BLOCKS_MS = 200;

    /** More than any broker takes in one request, so that the limits of the topics decide. */
    private static final int LARGEST_REQUEST = 1 << 30;

    private static final String UNCOMPRESSED = "none";

    private final SpoolSettings settings;
    private final Runnable onReady;
    private final LinkedBlockingQueue<Producer<byte[], byte[]>> failed = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "bridge-kafka-link");
    private volatile @Nullable Producer<byte[], byte[]> ready;
    private volatile TopicLimits limits = TopicLimits.UNKNOWN;
    private volatile boolean closed;
    private final LogPace told = LogPace.ofMinute();

    /** Whether that was said; at first nobody knows. */
    private volatile boolean away = true;

    private String lastSaidOfLimits = "";

    KafkaLink(SpoolSettings settings, Runnable onReady) {
        this.settings = settings;
        this.onReady = onReady;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A producer that can be used; null while Kafka is away. */
    @Nullable
    Producer<byte[], byte[]> producer() {
        return ready;
    }

    /** The limits of the topics when Kafka was found. */
    TopicLimits limits() {
        return limits;
    }

    /**
     * Closes the producer, and looks for Kafka again.
     *
     * @param said whether the log has it, so that it says, too, when Kafka answers
     */
    void failed(Producer<byte[], byte[]> producer, boolean said) {
        if (said) {
            away = true;
        }
        ready = null;
        failed.add(producer);
    }

    /** Stops at once; what the producer still holds is not sent. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Producer<byte[], byte[]> last = ready;
        if (last != null) {
            last.close(Duration.ZERO);
        }
        failed.forEach(one -> one.close(Duration.ZERO));
    }

    private void run() {
        try {
            while (!closed) {
                ready = connect();
                if (away) {
                    away = false;
                    LOG.atInfo().log("Kafka answers.");
                }
                onReady.run();
                Producer<byte[], byte[]> given = failed.take();
                given.close(Duration.ZERO);
                // A pause between attempts on a thread that does nothing else; close() interrupts it, as it does below.
                Thread.sleep(SHORTEST_WAIT.toMillis());
            }
        } catch (InterruptedException | InterruptException e) {
            // Only close() does that.
        }
    }

    private Producer<byte[], byte[]> connect() throws InterruptedException {
        Duration wait = SHORTEST_WAIT;
        while (true) {
            Producer<byte[], byte[]> producer = null;
            try {
                // Asked first: a producer that asks for a topic can make brokers create it, with their own defaults.
                awaitTopics();
                producer = new KafkaProducer<>(configs(), new ByteArraySerializer(), new ByteArraySerializer());
                awaitPartitions(producer);
                return producer;
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException | ExecutionException | TimeoutException e) {
                if (producer != null) {
                    producer.close(Duration.ZERO);
                }
                say(e);
            }
            // Only time helps; an interruption ends the wait.
            Thread.sleep(wait.toMillis());
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private void awaitTopics() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> configs = new HashMap<>(settings.producer());
        Admin admin = Admin.create(configs);
        try {
            admin.describeTopics(settings.topics(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .forEach(KafkaLink::checkWritable);
            limits = isCompressed() ? TopicLimits.UNKNOWN : limits(admin);
        } finally {
            admin.close(Duration.ZERO); // else it waits for a broker that is away, and the stop of the bridge with it
        }
    }

    /** Checked once, instead of at each record. The set is null if the broker does not say. */
    private static void checkWritable(TopicDescription topic) {
        Set<AclOperation> allowed = topic.authorizedOperations();
        if (allowed != null && !allowed.contains(AclOperation.WRITE)) {
            throw new TopicAuthorizationException(Set.of(topic.name()));
        }
    }

    /** Topics limit what is sent, and that is not known before it is compressed. */
    private boolean isCompressed() {
        Object type = settings.producer().getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, UNCOMPRESSED);
        return !UNCOMPRESSED.equals(type);
    }

    private TopicLimits limits(Admin admin) throws InterruptedException, TimeoutException {
        List<ConfigResource> resources = settings.topics().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        try {
            Map<String, Long> largest = new HashMap<>();
            admin.describeConfigs(resources)
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((topic, config) -> {
                        ConfigEntry entry = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
                        if (entry != null && entry.value() != null) {
                            largest.put(topic.name(), Long.parseLong(entry.value()));
                        }
                    });
            return new TopicLimits(largest);
        } catch (ExecutionException e) { // it takes a right of its own
            String why = Unauthorized.sentence(e, AclOperation.DESCRIBE_CONFIGS, String.join(", ", settings.topics()))
                    .orElse(String.valueOf(e.getMessage()));
            if (!why.equals(lastSaidOfLimits)) {
                lastSaidOfLimits = why;
                LOG.atWarn().log("Kafka does not tell how large records may be: {}", why);
            }
            return TopicLimits.UNKNOWN;
        }
    }

    private void awaitPartitions(Producer<byte[], byte[]> producer) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String topic : settings.topics()) {
            boolean known = false;
            while (!known) {
                try {
                    producer.partitionsFor(topic);
                    known = true;
                } catch (org.apache.kafka.common.errors.TimeoutException e) {
                    if (System.nanoTime() > end) {
                        throw new TimeoutException(e.getMessage());
                    }
                }
            }
        }
    }

    /** There are several attempts a second. */
    private void say(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        String topics = String.join(", ", settings.topics());
        Optional<String> refusal = cause instanceof UnknownTopicOrPartitionException
                ? Optional.of("a topic is not there, one of " + topics + "; \"callweave topics create\" makes it.")
                : Unauthorized.sentence(cause, AclOperation.WRITE, topics);
        told.next().ifPresent(before -> {
            away = true;
            LOG.atWarn()
                    .log(
                            refusal.isPresent()
                                    ? "What comes in goes to the spool: {}"
                                    : "Kafka does not answer; what comes in goes to the spool: {}",
                            refusal.orElseGet(() -> reason(cause)));
        });
    }

    private static String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "no answer within " + PATIENCE.toSeconds() + " s."
                : RootCause.message(failure);
    }

    private Map<String, Object> configs() {
        Map<String, Object> configs = new HashMap<>();
        configs.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        configs.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        configs.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        configs.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        // Taken only when it is used; what is in flight is bounded elsewhere.
        configs.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * LARGEST_REQUEST);
        configs.putAll(settings.producer());
        configs.put(ProducerConfig.ACKS_CONFIG, "all");
        configs.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configs.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_BLOCKS_MS);
        configs.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE);
        return configs;
    }
}

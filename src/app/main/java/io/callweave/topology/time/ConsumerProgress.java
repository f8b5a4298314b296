package io.callweave.topology.time;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clients of Kafka Streams as usual, and keeps hold of them, because only they know whether a partition has more to
 * read. "Nothing came for a while" does not tell: with a backlog, some partition always waits for its turn. The consumer's own
 * lag does not tell either: it is what a broker said last, and after a pause or without a network that is long ago.
 */
public final class ConsumerProgress implements KafkaClientSupplier, SourceProgress {

    private static final String CONSUMER_SUFFIX = "-consumer";
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Often enough for a clock with steps of a second. */
    private static final Duration ASK_EVERY = Duration.ofMillis(200);

    /** Threads look at least every tenth of a second while they work. */
    private static final Duration KNOWN_FOR = Duration.ofMillis(300);

    /** Longer than the other partitions of a thread with a backlog take. */
    private static final Duration STANDS_STILL = Duration.ofSeconds(10);

    private final LongSupplier clock;
    private final Duration askEvery;
    private final LongSupplier nanoTime;

    /** By name of the stream thread, which is the only one to use its consumer. */
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    private volatile @Nullable Admin admin;

    private volatile Runnable undone = () -> {};
    private volatile LongConsumer waited = nanos -> {};

    /** When a thread was far behind with what is for all threads, as {@link System#nanoTime}. */
    private volatile long farBehindForAll;

    private record Reader(
            Consumer<byte[], byte[]> consumer,
            DeliveredOffsets delivered,
            EndOffsets ends,
            Set<TopicPartition> started,
            ReadingPace pace) {

        /** Partitions that have moved to another thread are its to ask for. */
        Set<TopicPartition> inUse() {
            Set<TopicPartition> partitions = new HashSet<>(started);
            partitions.retainAll(consumer.assignment());
            return partitions;
        }
    }

    /** For notifications that come now: time is the wall clock's. */
    public ConsumerProgress() {
        this(System::currentTimeMillis, ASK_EVERY);
    }

    /**
     * Makes one with another clock.
     *
     * @param clock says what time it is where nothing is left to read, in milliseconds since the epoch
     * @param askEvery how often each thread asks the brokers at most
     */
    public ConsumerProgress(LongSupplier clock, Duration askEvery) {
        this(clock, askEvery, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    ConsumerProgress(LongSupplier clock, Duration askEvery, LongSupplier nanoTime) {
        this.clock = clock;
        this.askEvery = askEvery;
        this.nanoTime = nanoTime;
        this.farBehindForAll = nanoTime.getAsLong() - KNOWN_FOR.toNanos();
    }

    /**
     * What to do when a transaction in which something was sent ends without a commit. Kafka Streams then does its work again,
     * if it goes on.
     *
     * @param told runs on the stream thread
     */
    public void whenUndone(Runnable told) {
        undone = told;
    }

    /**
     * What to do when a stream thread has waited for Kafka in the middle of its work.
     *
     * @param told runs on the stream thread after each send, with the nanoseconds that it took
     */
    public void whenWaited(LongConsumer told) {
        waited = told;
    }

    @Override
    public void started(TopicPartition partition) {
        Reader reader = readers.get(Thread.currentThread().getName());
        if (reader != null) {
            reader.delivered().forget(partition);
            reader.started().add(partition);
        }
    }

    @Override
    public void wantedSoon(TopicPartition partition) {
        Reader reader = readers.get(Thread.currentThread().getName());
        if (reader != null) {
            reader.ends().hurry();
        }
    }

    @Override
    public boolean isAssigned(TopicPartition partition) {
        Reader reader = readers.get(Thread.currentThread().getName());
        return reader == null || reader.consumer().assignment().contains(partition);
    }

    /**
     * By the lag that the consumer knows: it may be old, but then the thread has not read for as long. What waits for a task that
     * still restores its stores does not count, nor what the brokers do not give: the other tasks of the thread are not late
     * because of it.
     */
    @Override
    public long nanosBehind(String forAll) {
        Reader reader = readers.get(Thread.currentThread().getName());
        if (reader == null) {
            return 0;
        }
        long left = 0;
        long leftForAll = 0;
        Set<TopicPartition> paused = reader.consumer().paused();
        for (TopicPartition partition : reader.consumer().assignment()) {
            // A task with a full buffer is paused, too, but has read something.
            boolean restores = paused.contains(partition) && reader.delivered().lastOf(partition) == null;
            boolean waits = restores || reader.delivered().standsStill(partition, STANDS_STILL);
            long ofPartition =
                    waits ? 0 : reader.consumer().currentLag(partition).orElse(0);
            left += ofPartition;
            leftForAll += partition.topic().equals(forAll) ? ofPartition : 0;
        }
        long now = nanoTime.getAsLong();
        double readPerNano = reader.pace().perSecond(reader.delivered().records(), now) / NANOS_A_SECOND;
        if (leftForAll / readPerNano > FAR_BEHIND_NANOS) {
            farBehindForAll = now;
        }
        long own = (long) (left / readPerNano);
        return now - farBehindForAll < KNOWN_FOR.toNanos() ? Math.max(own, FAR_BEHIND_NANOS) : own;
    }

    @Override
    public OptionalLong drainedAt(TopicPartition partition, long lastOffset) {
        Reader reader = readers.get(Thread.currentThread().getName());
        if (reader == null) {
            return OptionalLong.empty();
        }
        EndOffsets.End end = reader.ends().of(partition);
        if (end == null || position(reader.consumer(), partition) < end.offset()) {
            return OptionalLong.empty();
        }
        // What was delivered may still be in the task's buffer.
        Long delivered = reader.delivered().lastOf(partition);
        return delivered == null || delivered <= lastOffset ? OptionalLong.of(end.askedAt()) : OptionalLong.empty();
    }

    /**
     * Where the consumer reads on; behind the markers of transactions, which are no records. The consumer's own answer costs
     * the same with any number of partitions: to look into its assignment first would copy all of them.
     */
    private static long position(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        try {
            return consumer.position(partition, Duration.ZERO);
        } catch (TimeoutException | IllegalStateException notKnownOrNotAssigned) {
            return -1;
        }
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        DeliveringConsumer consumer = new DeliveringConsumer(config, this, nanoTime);
        remember(config, consumer, consumer.delivered);
        return consumer;
    }

    /** Options that Kafka Streams has to be started with where {@code group.protocol} may be {@code streams}. */
    public Map<String, Object> options() {
        return Map.of(
                StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER,
                StreamsProtocolConsumer.class,
                StreamsProtocolConsumer.READ_AHEAD,
                this);
    }

    void remember(Map<String, Object> config, Consumer<byte[], byte[]> consumer, DeliveredOffsets delivered) {
        String clientId = String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
        if (clientId.endsWith(CONSUMER_SUFFIX)) {
            String thread = clientId.substring(0, clientId.length() - CONSUMER_SUFFIX.length());
            readers.put(
                    thread,
                    new Reader(
                            consumer,
                            delivered,
                            new EndOffsets(clock, askEvery),
                            ConcurrentHashMap.newKeySet(),
                            new ReadingPace()));
        }
    }

    /** A stream thread has asked its consumer for records, as it does all the time, whether there are any or not. */
    void polled() {
        Reader reader = readers.get(Thread.currentThread().getName());
        Admin asking = admin;
        if (reader != null && asking != null) {
            reader.ends().ask(asking, reader::inUse);
        }
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public @Nullable Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new ExpiryAwareProducer(config, () -> undone.run(), nanos -> waited.accept(nanos));
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        Admin made = Admin.create(config);
        admin = made;
        return made;
    }

    /** Remembers the offset of the last record that it gave out of each partition. */
    private static final class DeliveringConsumer extends KafkaConsumer<byte[], byte[]> {

        private final DeliveredOffsets delivered;

        private final ConsumerProgress readAhead;

        DeliveringConsumer(Map<String, Object> config, ConsumerProgress readAhead, LongSupplier nanoTime) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.delivered = new DeliveredOffsets(nanoTime);
            this.readAhead = readAhead;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> polled = delivered.note(super.poll(timeout));
            readAhead.polled();
            return polled;
        }
    }
}

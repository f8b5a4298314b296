package io.callweave.bridge.holder;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares accounts among bridges by a consumer group: an account belongs to a partition of a topic, and a partition to one
 * bridge. No record is read. The positions of accounts go with the committed offsets, so that the next bridge knows them.
 */
public final class GroupHolder implements Holder {

    private static final Logger LOG = LoggerFactory.getLogger(GroupHolder.class);

    /** With the time to notice it, a bridge that was killed is replaced within a minute. */
    private static final String SESSION_TIMEOUT_MS = "20000";

    private static final String HEARTBEAT_MS = "3000";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long COMMIT_EVERY_NS = Duration.ofSeconds(3).toNanos();
    private static final long RETRY_MS = 1_000;

    private final String topic;
    private final Map<String, Object> options;
    private final Thread thread = new Thread(this::run, "account-holder");
    private final Map<String, FeedPosition> positions = new ConcurrentHashMap<>();
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private volatile int partitionCount;
    private volatile boolean closed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Leave> leaves = new CopyOnWriteArrayList<>();
    private long committedNanos = System.nanoTime();

    private GroupHolder(Map<String, Object> clients, String group, String topic) {
        this.topic = topic;
        options = new HashMap<>(clients);
        options.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        options.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        options.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        options.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName()); // what does not move goes on
        thread.setDaemon(true);
    }

    /**
     * Joins the group. Kafka need not be there; until it is, nothing is held.
     *
     * @param clients options of Kafka clients, with {@code bootstrap.servers}
     * @param topic any topic: its partitions are shared, its records are not read
     */
    public static GroupHolder join(Map<String, Object> clients, String group, String topic) {
        GroupHolder holder = new GroupHolder(clients, group, topic);
        holder.thread.start();
        return holder;
    }

    @Override
    public boolean holds(String account) {
        int count = partitionCount;
        return !closed && count > 0 && partitions.contains(partitionOf(account, count));
    }

    @Override
    public @Nullable FeedPosition position(String account) {
        return positions.get(account);
    }

    @Override
    public void keep(String account, FeedPosition position) {
        positions.put(account, position);
    }

    @Override
    public void onLeave(Leave leave) {
        leaves.add(leave);
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        try {
            thread.join(2 * CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> opened =
                    new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                share(opened);
            } catch (KafkaException e) {
                LOG.atWarn()
                        .setMessage("The bridges cannot share their accounts; trying again.")
                        .addKeyValue("failure", e.getMessage())
                        .log();
                pause();
            } finally {
                partitions.clear();
            }
        }
    }

    private void share(KafkaConsumer<byte[], byte[]> opened) {
        opened.subscribe(List.of(topic), new Sharing(opened));
        while (!closed) {
            opened.poll(POLL);
            if (System.nanoTime() - committedNanos > COMMIT_EVERY_NS) {
                committedNanos = System.nanoTime();
                opened.commitAsync(offsets(opened, opened.assignment()), (offsets, failure) -> {});
            }
        }
        // What is known goes to the next one.
        opened.commitSync(offsets(opened, opened.assignment()), CLOSE_TIMEOUT);
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(
            KafkaConsumer<byte[], byte[]> of, Collection<TopicPartition> committed) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        int count = partitionCount;
        for (TopicPartition partition : committed) {
            Map<String, FeedPosition> here = new HashMap<>();
            positions.forEach((account, position) -> {
                if (partitionOf(account, count) == partition.partition()) {
                    here.put(account, position);
                }
            });
            offsets.put(partition, new OffsetAndMetadata(of.position(partition), Positions.write(here)));
        }
        return offsets;
    }

    private void pause() {
        try {
            var unused = closing.await(RETRY_MS, TimeUnit.MILLISECONDS); // a stop does not wait
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private static int partitionOf(String account, int count) {
        return count == 0 ? -1 : Math.floorMod(account.hashCode(), count);
    }

    /** What is done when partitions come and go. */
    private final class Sharing implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> of;

        private Sharing(KafkaConsumer<byte[], byte[]> of) {
            this.of = of;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            partitionCount = of.partitionsFor(topic).size();
            of.pause(assigned); // records are not wanted
            of.committed(Set.copyOf(assigned)).values().forEach(committed -> {
                if (committed != null) {
                    Positions.read(committed.metadata()).forEach(this::merge);
                }
            });
            assigned.forEach(partition -> partitions.add(partition.partition()));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            release(revoked);
            of.commitSync(offsets(of, revoked), CLOSE_TIMEOUT);
            forget(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            release(lost);
            forget(lost);
        }

        private void merge(String account, FeedPosition known) {
            positions.merge(account, known, (own, other) -> own.wholeUntil() >= other.wholeUntil() ? own : other);
        }

        private void release(Collection<TopicPartition> left) {
            left.forEach(partition -> partitions.remove(partition.partition()));
            positions.keySet().stream()
                    .filter(account -> isOf(account, left))
                    .forEach(account -> leaves.forEach(leave -> leave.leave(account)));
        }

        /** Another bridge moves them on from now. */
        private void forget(Collection<TopicPartition> left) {
            positions.keySet().removeIf(account -> isOf(account, left));
        }

        private boolean isOf(String account, Collection<TopicPartition> some) {
            int partition = partitionOf(account, partitionCount);
            return some.stream().anyMatch(one -> one.partition() == partition);
        }
    }
}

package io.callweave.deliver.app;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers up to where a group has committed; again until they answer. */
final class OffsetQuestions implements AutoCloseable {

    private static final long PAUSE_MS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(OffsetQuestions.class);

    private final Admin admin;
    private final String group;
    private final Consumer<Map<TopicPartition, Long>> answers;
    private final Set<TopicPartition> open = new HashSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread named = new Thread(work, "deliver-offsets");
        named.setDaemon(true);
        return named;
    });

    OffsetQuestions(Admin admin, String group, Consumer<Map<TopicPartition, Long>> answers) {
        this.admin = admin;
        this.group = group;
        this.answers = answers;
        var unused = thread.scheduleWithFixedDelay(this::work, PAUSE_MS, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    synchronized void ask(Collection<TopicPartition> partitions) {
        open.addAll(partitions);
    }

    private synchronized Set<TopicPartition> asked() {
        return Set.copyOf(open);
    }

    private synchronized void answered(Set<TopicPartition> partitions) {
        open.removeAll(partitions);
    }

    private void work() {
        Set<TopicPartition> asked = asked();
        if (asked.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> found = new HashMap<>();
            admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(asked)))
                    .partitionsToOffsetAndMetadata(group)
                    .get(10, TimeUnit.SECONDS)
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            found.put(partition, offset.offset());
                        }
                    });
            answers.accept(found);
            answered(asked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atDebug().setCause(e).log("The committed offsets are not known yet.");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

package io.callweave.bench.throughput;

import io.callweave.files.LocalException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/** The topics of the benchmark, on its own broker. */
public final class BenchTopics {

    /** After its start, an application still reads state and registers with the broker. */
    private static final long SETTLE_MILLIS = 500;

    /** Together longer than the second after which an open batch is written at the latest. */
    private static final int QUIET_LOOKS = 3;

    private BenchTopics() {}

    /** What a group has committed; empty before its first commit. */
    public static Map<TopicPartition, Long> committed(Admin admin, String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition, offset.offset());
                        }
                    });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failure(e);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return offsets;
    }

    /** Whether a group has committed all up to these offsets. */
    public static boolean isCommitted(Admin admin, String group, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> committed = committed(admin, group);
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** The end offsets of the topics with a prefix, as readers with this isolation see them. */
    public static Map<TopicPartition, Long> ends(Admin admin, String prefix, IsolationLevel isolation) {
        List<String> names = await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
        Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
        await(admin.describeTopics(names).allTopicNames())
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition ->
                                questions.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(admin.listOffsets(questions, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /**
     * Waits until an application that has just started writes nothing more of what it had restored. Callweave says again which
     * calls are live: with 100,000 of them, a round that counted that took some 13 % more CPU time.
     *
     * @param prefix of its topics
     * @param check is asked all the time, and throws if there is nothing to wait for
     */
    public static void awaitQuiet(Admin admin, String prefix, Runnable check) throws InterruptedException {
        Map<TopicPartition, Long> written = Map.of();
        for (int quiet = 0; quiet < QUIET_LOOKS; quiet++) {
            check.run();
            Thread.sleep(SETTLE_MILLIS); // the work after the start of a consumer ends without an event
            Map<TopicPartition, Long> now = ends(admin, prefix, IsolationLevel.READ_UNCOMMITTED);
            if (!now.equals(written)) {
                quiet = -1;
            }
            written = now;
        }
    }

    /**
     * Deletes the records that the group has read, or that nobody reads, so that a long benchmark does not fill the disk.
     */
    public static void deleteOld(Admin admin, String prefix, String group) {
        Map<TopicPartition, Long> old = ends(admin, prefix, IsolationLevel.READ_UNCOMMITTED);
        committed(admin, group).forEach((partition, offset) -> old.replace(partition, offset));
        Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
        old.forEach((partition, offset) -> deletions.put(partition, RecordsToDelete.beforeOffset(offset)));
        await(admin.deleteRecords(deletions).all());
    }

    /** Deletes topics and all their records. */
    public static void delete(Admin admin, Predicate<String> which) {
        List<String> names =
                await(admin.listTopics().names()).stream().filter(which).toList();
        await(admin.deleteTopics(names).all());
    }

    /** What topics take on the disks of the brokers. */
    public static long bytes(Admin admin, Predicate<String> which) {
        List<Integer> brokers =
                await(admin.describeCluster().nodes()).stream().map(Node::id).toList();
        return await(admin.describeLogDirs(brokers).allDescriptions()).values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> which.test(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    /**
     * The answer of the broker.
     *
     * @throws LocalException if it refuses
     */
    public static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static LocalException failure(ExecutionException e) {
        return new LocalException("The broker of the benchmark refused a request: " + e.getCause() + ".", e);
    }
}

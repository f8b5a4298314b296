package io.callweave.topology.time;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far partitions go, as their brokers say, and when each was asked. The answer comes later, and tells of the time of the
 * question or after it, however long it took: that holds over a pause of this process and an outage of the network.
 */
final class EndOffsets {

    /** A broker that does not answer is asked again after this. */
    private static final int PATIENCE_MILLIS = 5_000;

    /** How many times as often brokers are asked while somebody waits for the answer. */
    private static final int HURRY = 10;

    private final LongSupplier clock;
    private final long askEveryNanos;
    private final Map<TopicPartition, End> ends = new ConcurrentHashMap<>();
    private final Set<TopicPartition> asked = ConcurrentHashMap.newKeySet();
    private long lastQuestion;
    private boolean begun;
    private boolean hurried;

    /**
     * What is known of a partition.
     *
     * @param offset of the record that comes next; all before it lay on the broker when it answered
     * @param askedAt by the clock, before the question was sent
     */
    record End(long offset, long askedAt) {

        static End later(End one, End other) {
            return one.askedAt() >= other.askedAt() ? one : other;
        }
    }

    EndOffsets(LongSupplier clock, Duration askEvery) {
        this.clock = clock;
        this.askEveryNanos = askEvery.toNanos();
    }

    /** Somebody waits for an answer: the next question is asked sooner. */
    void hurry() {
        hurried = true;
    }

    /**
     * Asks if it is time to, and returns at once. A partition that has not answered yet is not asked again.
     *
     * @param partitions are looked up only then: this is called all the time
     */
    void ask(Admin admin, Supplier<Set<TopicPartition>> partitions) {
        long now = System.nanoTime();
        long pause = hurried ? askEveryNanos / HURRY : askEveryNanos;
        if (begun && now - lastQuestion < pause) {
            return;
        }
        begun = true;
        hurried = false;
        lastQuestion = now;
        Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
        for (TopicPartition partition : partitions.get()) {
            if (asked.add(partition)) {
                questions.put(partition, OffsetSpec.latest());
            }
        }
        if (!questions.isEmpty()) {
            send(admin, questions);
        }
    }

    private void send(Admin admin, Map<TopicPartition, OffsetSpec> questions) {
        long askedAt = clock.getAsLong();
        // Records of an open transaction count too: they were received.
        ListOffsetsResult answers = admin.listOffsets(
                questions, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(PATIENCE_MILLIS));
        for (TopicPartition partition : questions.keySet()) {
            var unused = answers.partitionResult(partition).whenComplete((answer, failure) -> {
                if (failure == null) {
                    ends.merge(partition, new End(answer.offset(), askedAt), End::later);
                }
                asked.remove(partition);
            });
        }
    }

    @Nullable
    End of(TopicPartition partition) {
        return ends.get(partition);
    }
}

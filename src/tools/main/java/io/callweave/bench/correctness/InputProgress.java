package io.callweave.bench.correctness;

import io.callweave.bench.throughput.BenchTopics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** How much of the input a group has committed; asked at most ten times a second. */
public final class InputProgress {

    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> ends;
    private long asked = System.nanoTime() - ASK_EVERY_NANOS;
    private double share;

    /** Everything must be on the topic already. */
    public InputProgress(Admin admin, String topic, int partitions, String group) {
        this.admin = admin;
        this.group = group;
        this.ends = BenchTopics.ends(admin, topic, partitions);
    }

    /** From 0 to 1. */
    double share() {
        long now = System.nanoTime();
        if (now - asked >= ASK_EVERY_NANOS) {
            asked = now;
            Map<TopicPartition, Long> committed = BenchTopics.committed(admin, group);
            long all = 0;
            long done = 0;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                all += end.getValue();
                done += Math.min(end.getValue(), committed.getOrDefault(end.getKey(), 0L));
            }
            share = all == 0 ? 0 : (double) done / all;
        }
        return share;
    }

    /** Whether the group has committed everything. */
    public boolean isDone() {
        return share() >= 1;
    }
}

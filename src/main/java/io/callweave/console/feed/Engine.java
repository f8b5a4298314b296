package io.callweave.console.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How far consumer groups are behind, asked from the brokers at most every two seconds. Thread-safe. */
public final class Engine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Admin admin;
    private final List<String> groups;
    private Map<String, Long> lags = Map.of();
    private long askedAt;
    private boolean asked;

    /** @param groups those that are shown */
    public Engine(Map<String, Object> client, List<String> groups) {
        admin = Admin.create(client);
        this.groups = List.copyOf(groups);
    }

    /** Records that each group has not read yet; groups that the brokers do not tell of are left out. */
    public synchronized Map<String, Long> lags() {
        long now = System.nanoTime();
        if (!asked || now - askedAt > FRESH_NANOS) {
            Map<String, Long> found = new TreeMap<>();
            for (String group : groups) {
                ask(group, found);
            }
            lags = found;
            asked = true;
            askedAt = now;
        }
        return lags;
    }

    private void ask(String group, Map<String, Long> found) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (committed.isEmpty()) {
                return;
            }
            Map<TopicPartition, OffsetSpec> asking = new HashMap<>();
            committed.keySet().forEach(each -> asking.put(each, OffsetSpec.latest()));
            long lag = 0;
            for (var end : admin.listOffsets(asking)
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .entrySet()) {
                OffsetAndMetadata at = committed.get(end.getKey());
                lag += at == null ? 0 : Math.max(0, end.getValue().offset() - at.offset());
            }
            found.put(group, lag);
        } catch (ExecutionException | TimeoutException notTold) {
            // It may lack the permission; the page leaves the group out.
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}

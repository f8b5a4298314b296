package io.callweave.deliver.app;

import io.callweave.access.AccountScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Where on a topic the records of each account are, as spans of offsets, so that the memory of many in a row is that of one. */
final class AccountOffsets {

    /** In bytes: to read so many of others costs no more than to ask once more. */
    static final int LARGEST_GAP = 64 << 10;

    /** Headers and key. */
    private static final int LEAST_OF_ONE = 1 << 10;

    /** The bytes of all records until now. */
    private final Map<TopicPartition, Long> sizes = new HashMap<>();

    private final Map<String, Map<TopicPartition, Deque<Span>>> spans = new HashMap<>();

    /**
     * From one record to another.
     *
     * @param first its offset
     * @param last its offset
     * @param size the bytes of all records of the partition, with the last one
     */
    record Span(long first, long last, long size) {}

    /**
     * The next record of a partition.
     *
     * @param bytes of its value
     */
    void add(String account, TopicPartition partition, long offset, int bytes) {
        long before = sizes.getOrDefault(partition, 0L);
        long size = before + LEAST_OF_ONE + bytes;
        sizes.put(partition, size);
        extend(account, partition, offset, before, size);
        extend(AccountScope.EVERY_ACCOUNT, partition, offset, before, size);
    }

    private void extend(String account, TopicPartition partition, long offset, long before, long size) {
        Deque<Span> known = spans.computeIfAbsent(account, any -> new HashMap<>())
                .computeIfAbsent(partition, any -> new ArrayDeque<>());
        Span last = known.peekLast();
        boolean near = last != null && before - last.size() <= LARGEST_GAP;
        if (near) {
            known.removeLast();
        }
        known.addLast(new Span(near ? last.first() : offset, offset, size));
    }

    /** Records before these offsets are gone. */
    void drop(Map<TopicPartition, Long> beginnings) {
        spans.values()
                .forEach(ofAccount -> ofAccount.forEach((partition, known) -> {
                    long beginning = beginnings.getOrDefault(partition, 0L);
                    known.removeIf(span -> span.last() < beginning);
                }));
        spans.values().forEach(ofAccount -> ofAccount.values().removeIf(Deque::isEmpty));
        spans.values().removeIf(Map::isEmpty);
    }

    /** Spans with all records of these accounts, by partition, the first ones first; between them can be others. */
    Map<TopicPartition, Deque<Span>> of(Set<String> accounts) {
        Map<TopicPartition, List<Span>> found = new HashMap<>();
        for (String account : accounts) {
            spans.getOrDefault(account, Map.of())
                    .forEach((partition, known) -> found.computeIfAbsent(partition, any -> new ArrayList<>())
                            .addAll(known));
        }
        Map<TopicPartition, Deque<Span>> sorted = new HashMap<>();
        found.forEach((partition, all) -> {
            all.sort(Comparator.comparingLong(Span::first));
            sorted.put(partition, new ArrayDeque<>(all));
        });
        return sorted;
    }
}

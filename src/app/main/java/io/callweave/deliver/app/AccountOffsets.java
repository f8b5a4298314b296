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

    /** To read so many others costs no more than to ask once more. */
    static final int LARGEST_GAP = 100;

    private final Map<String, Map<TopicPartition, Deque<Span>>> spans = new HashMap<>();

    /** Both are offsets of records. */
    record Span(long first, long last) {}

    /** The next record of a partition. */
    void add(String account, TopicPartition partition, long offset) {
        extend(account, partition, offset);
        extend(AccountScope.EVERY_ACCOUNT, partition, offset);
    }

    private void extend(String account, TopicPartition partition, long offset) {
        Deque<Span> known = spans.computeIfAbsent(account, any -> new HashMap<>())
                .computeIfAbsent(partition, any -> new ArrayDeque<>());
        Span last = known.peekLast();
        boolean near = last != null && offset - last.last() <= LARGEST_GAP;
        if (near) {
            known.removeLast();
        }
        known.addLast(new Span(near ? last.first() : offset, offset));
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

package io.callweave.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.metrics.RecordDigest;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowSize;
import io.callweave.record.RecordHead;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What table and windows say of each hour, and so which hours are the same. */
final class Hours {

    private static final String WINDOW = "/" + Scope.ACCOUNT.wireName() + "/%s/" + WindowSize.PT1H.name() + "/";

    private final Map<Hour, Sum> rows = new HashMap<>();
    private final Map<Hour, Window> windows = new HashMap<>();

    /** @param start in milliseconds since the epoch */
    record Hour(String accountId, long start) implements Comparable<Hour> {

        static Hour of(RecordHead call) {
            Long start = call.startTime();
            return of(call.accountId(), start == null ? 0 : start);
        }

        static Hour of(String accountId, long time) {
            return new Hour(accountId, Math.floorDiv(time, WindowSize.PT1H.length()) * WindowSize.PT1H.length());
        }

        long end() {
            return start + WindowSize.PT1H.length();
        }

        @Override
        public String toString() {
            return accountId + " " + Instant.ofEpochMilli(start);
        }

        @Override
        public int compareTo(Hour other) {
            return Comparator.comparingLong(Hour::start)
                    .thenComparing(Hour::accountId)
                    .compare(this, other);
        }
    }

    /** What an account's windows were counted in, until it was reset. */
    private record State(String accountId, long epoch) {}

    private static final class Sum {
        private long count;
        private long digest;
    }

    /** @param emittedAt in milliseconds since the epoch */
    private record Window(long epoch, long records, String digest, long emittedAt) {}

    /** A row of the table counts, once. */
    void add(RecordHead row) {
        Sum sum = rows.computeIfAbsent(Hour.of(row), hour -> new Sum());
        sum.count++;
        sum.digest += row.digest();
    }

    /** It no longer does. */
    void remove(RecordHead row) {
        Sum sum = rows.computeIfAbsent(Hour.of(row), hour -> new Sum());
        sum.count--;
        sum.digest -= row.digest();
    }

    /** Takes a record of {@code window-metrics}; of each window the last one of the greatest epoch counts. */
    void window(ConsumerRecord<byte[], byte[]> read) {
        String key = new String(read.key(), StandardCharsets.UTF_8);
        String account = key.substring(0, Math.max(0, key.indexOf('/')));
        String beginning = account + WINDOW.formatted(account);
        if (!key.startsWith(beginning)) {
            return;
        }
        try {
            Hour hour = new Hour(account, Timestamps.millis(key.substring(beginning.length())));
            if (read.value() == null) {
                windows.remove(hour);
                return;
            }
            JsonNode value = JsonLimits.tree(read.value());
            JsonNode window = value.has("payload") ? value.path("payload") : value;
            Window said = new Window(
                    window.path("epoch").asLong(),
                    window.path("records").asLong(),
                    window.path("recordsDigest").asText(),
                    read.timestamp());
            windows.merge(hour, said, (before, now) -> now.epoch() < before.epoch() ? before : now);
        } catch (IOException | DateTimeException e) {
            // The hour is compared row by row.
            return;
        }
    }

    /** The hours of which the windows do not prove that the table is right. */
    SortedSet<Hour> different() {
        SortedSet<Hour> all = all();
        Map<State, Long> begun = begunStates();
        all.removeIf(hour -> {
            Sum sum = rows.getOrDefault(hour, new Sum());
            Window window = windows.get(hour);
            if (window == null) {
                return sum.count == 0;
            }
            // State that was reset counts only what it has read again: of an hour before that, this may not be all.
            return hour.start() >= begun.getOrDefault(new State(hour.accountId(), window.epoch()), Long.MIN_VALUE)
                    && sum.count == window.records()
                    && RecordDigest.text(sum.digest).equals(window.digest());
        });
        return all;
    }

    /** Those that either side has. */
    SortedSet<Hour> all() {
        SortedSet<Hour> all = new TreeSet<>(rows.keySet());
        all.addAll(windows.keySet());
        return all;
    }

    /** When the first window begins that has a digest, in milliseconds since the epoch; the largest number if there is none. */
    long firstWindow() {
        return windows.entrySet().stream()
                .filter(window -> !window.getValue().digest().isEmpty())
                .mapToLong(window -> window.getKey().start())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether the table has rows of the hour. */
    boolean hasRows(Hour hour) {
        Sum sum = rows.get(hour);
        return sum != null && sum.count > 0;
    }

    /** When each state of an account but its first one emitted its first window. Accounts have states of their own. */
    private Map<State, Long> begunStates() {
        Map<State, Long> begun = new HashMap<>();
        Map<String, Long> first = new HashMap<>();
        windows.forEach((hour, window) -> {
            begun.merge(new State(hour.accountId(), window.epoch()), window.emittedAt(), Math::min);
            first.merge(hour.accountId(), window.epoch(), Math::min);
        });
        first.forEach((account, epoch) -> begun.remove(new State(account, epoch)));
        return begun;
    }
}

package io.callweave.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.access.AccountScope;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The newest comparisons with RingCentral's log, in memory. Thread-safe. */
public final class NewestAudits {

    private static final int KEPT = 1_000;

    /** Of the memory, the part that those of all accounts take at most. */
    private static final int SHARE = 16;

    /** What a row takes for each byte of its value. */
    private static final int WEIGHT = 8;

    private final long mostBytes;

    /** By hour, then account: the last one is the newest. */
    private final NavigableMap<String, Row> rows = new TreeMap<>();

    /** Of the values, by account. */
    private final Map<String, Long> bytes = new HashMap<>();

    private record Row(String account, long bytes, JsonNode json) {}

    /** Knows none yet. */
    public NewestAudits() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param mostBytes of memory, for those of all accounts */
    NewestAudits(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Keeps a row instead of the one that the hour had. If all take too much, the oldest ones of the account with most are forgotten.
     */
    public void add(ConsumerRecord<byte[], byte[]> read) throws IOException {
        String key = new String(read.key(), StandardCharsets.UTF_8);
        int slash = key.lastIndexOf('/');
        String account = key.substring(0, Math.max(0, slash));
        Row row = read.value() == null ? null : new Row(account, read.value().length, JsonLimits.tree(read.value()));
        put(key.substring(slash + 1) + "/" + account, row);
    }

    private synchronized void put(String place, @Nullable Row row) {
        remove(place);
        if (row != null) {
            rows.put(place, row);
            bytes.merge(row.account, row.bytes, Long::sum);
        }
        while (rows.size() > KEPT) {
            remove(rows.firstKey());
        }
        while (WEIGHT * bytes.values().stream().mapToLong(Long::longValue).sum() > mostBytes) {
            remove(oldestOf(Collections.max(bytes.entrySet(), Map.Entry.comparingByValue())
                    .getKey()));
        }
    }

    private void remove(String place) {
        Row row = rows.remove(place);
        if (row != null) {
            bytes.computeIfPresent(row.account, (account, all) -> all == row.bytes ? null : (Long) (all - row.bytes));
        }
    }

    private String oldestOf(String account) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().account.equals(account))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /**
     * The newest first.
     *
     * @param account only its rows; null for all of the scope
     */
    public List<JsonNode> newest(AccountScope scope, @Nullable String account) {
        List<Row> all;
        synchronized (this) {
            all = List.copyOf(rows.descendingMap().values());
        }
        return all.stream()
                .filter(row -> scope.covers(row.account) && (account == null || account.equals(row.account)))
                .map(Row::json)
                .toList();
    }
}

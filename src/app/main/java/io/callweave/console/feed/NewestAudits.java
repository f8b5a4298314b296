package io.callweave.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.access.AccountScope;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The newest comparisons with RingCentral's log, in memory. Thread-safe. */
public final class NewestAudits {

    /** With many differences, a row has some 50 KB; most have few. */
    private static final int KEPT = 1_000;

    /** By hour, then account: the last one is the newest. */
    private final NavigableMap<String, JsonNode> rows = new TreeMap<>();

    /** Keeps a row instead of the one that the hour had. */
    public void add(ConsumerRecord<byte[], byte[]> read) throws IOException {
        JsonNode row = read.value() == null ? null : JsonLimits.tree(read.value());
        String key = new String(read.key(), StandardCharsets.UTF_8);
        int slash = key.lastIndexOf('/');
        String place = key.substring(slash + 1) + "/" + key.substring(0, Math.max(0, slash));
        put(place, row);
    }

    private synchronized void put(String place, @Nullable JsonNode row) {
        if (row == null) {
            rows.remove(place);
        } else {
            rows.put(place, row);
        }
        while (rows.size() > KEPT) {
            rows.pollFirstEntry();
        }
    }

    /**
     * The newest first.
     *
     * @param account only its rows; null for all of the scope
     */
    public List<JsonNode> newest(AccountScope scope, @Nullable String account) {
        List<Map.Entry<String, JsonNode>> all;
        synchronized (this) {
            all = List.copyOf(rows.descendingMap().entrySet());
        }
        return all.stream()
                .filter(row -> {
                    String of = row.getKey().substring(row.getKey().indexOf('/') + 1);
                    return scope.covers(of) && (account == null || account.equals(of));
                })
                .map(Map.Entry::getValue)
                .toList();
    }
}

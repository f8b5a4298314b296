package io.callweave.report;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the figures of all accounts may take, in bytes, as estimated. An account can name any number of agents,
 * queues and numbers, with long ids; it takes at most twice what it leaves to the others.
 */
final class FiguresRoom {

    private static final int TIMES_LEFT = 2;

    /** What a key takes in a map, beside its characters. */
    private static final int AROUND_TEXT = 150;

    private final long most;
    private long all;
    private final Map<String, Long> taken = new TreeMap<>();
    private final SortedSet<String> full = new TreeSet<>();

    FiguresRoom(long most) {
        this.most = most;
    }

    static long weight(String text) {
        return AROUND_TEXT + 2L * text.length();
    }

    /** Takes so much for an account, if there is room. */
    boolean takes(String accountId, long bytes) {
        long mine = taken.getOrDefault(accountId, 0L) + bytes;
        if (bytes > 0 && mine / TIMES_LEFT > most - all - bytes) {
            full.add(accountId);
            return false;
        }
        taken.put(accountId, mine);
        all += bytes;
        return true;
    }

    /** What a map has for the key; made if there is none and there is room, else null. */
    <K, V> @Nullable V of(Map<K, V> map, K key, String accountId, long bytes, Supplier<V> made) {
        V value = map.get(key);
        if (value == null && takes(accountId, bytes)) {
            value = made.get();
            map.put(key, value);
        }
        return value;
    }

    /** The accounts for which there was not enough. */
    SortedSet<String> full() {
        return Collections.unmodifiableSortedSet(full);
    }
}

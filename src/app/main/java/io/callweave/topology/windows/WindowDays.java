package io.callweave.topology.windows;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How long the windows of a day are kept: until nothing of that day, or of the days beside it, has changed for the retention.
 * What comes later can no longer be added to them, and must not begin them again: a small figure would replace a
 * true one. So it is remembered that a day is gone for as long as the topic keeps its windows.
 */
public final class WindowDays {

    private static final int CACHED_DAYS = 4_096;

    /** The retention of the topic; a window that comes after that takes nothing's place. */
    private static final long REMEMBERED_MS = Duration.ofDays(400).toMillis();

    /** How much of the retention may pass before a change is written down again. */
    private static final int GRAIN = 24;

    private static final int ENTRIES_AT_ONCE = 1_000;
    private static final StepLimits ONE = new StepLimits(1, Duration.ZERO, () -> 0);

    private final KeyValueStore<Bytes, byte[]> store;
    private final WindowTable table;
    private final DueQueue due;
    private final long retention;
    private final Map<SessionKey, Day> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, Day> eldest) {
            return size() > CACHED_DAYS;
        }
    };

    /**
     * What is known of an account's day.
     *
     * @param lastChange by the clock, give or take a grain; the lowest number if there was none
     */
    private record Day(long lastChange, boolean gone) {

        private static final Day UNKNOWN = new Day(Long.MIN_VALUE, false);

        boolean isUnknown() {
            return lastChange == Long.MIN_VALUE;
        }
    }

    /** Says whether there is still something to emit for a day of an account. */
    @FunctionalInterface
    public interface Unsent {
        boolean isOf(String accountId, long day);
    }

    public WindowDays(KeyValueStore<Bytes, byte[]> store, WindowTable table, long retention) {
        this.store = store;
        this.table = table;
        this.due = new DueQueue(store);
        this.retention = retention;
    }

    public boolean isGone(String accountId, long day) {
        return get(accountId, day).gone();
    }

    /** Whether its windows, and the calls that count in them, may be there. */
    boolean isKept(String accountId, long day) {
        Day known = get(accountId, day);
        return !known.gone() && !known.isUnknown();
    }

    /** Something of the day has changed. */
    public void touch(String accountId, long day, long now) {
        Day known = get(accountId, day);
        if (known.gone() || (!known.isUnknown() && now - known.lastChange() < grain())) {
            return;
        }
        put(accountId, day, new Day(now, false));
        if (known.isUnknown()) {
            due.add(now + retention + grain(), entry(accountId, day));
        }
    }

    /**
     * Drops what has become old, in portions, of which this is one.
     *
     * @return whether there is more
     */
    public boolean processDue(long now, Unsent unsent) {
        return due.processDue(now, ONE.begin(), entry -> {
            SessionKey key = entry.key();
            look(key.accountId(), Long.parseLong(key.telephonySessionId()), now, unsent);
        });
    }

    private void look(String accountId, long day, long now, Unsent unsent) {
        if (!isGone(accountId, day)) {
            long until = lastChange(accountId, day) + retention + grain();
            if (until > now || unsent.isOf(accountId, day)) {
                due.add(Math.max(until, now + 1), entry(accountId, day));
                return;
            }
            put(accountId, day, new Day(get(accountId, day).lastChange(), true));
        }
        int dropped = table.drop(accountId, day, ENTRIES_AT_ONCE);
        if (dropped == ENTRIES_AT_ONCE) {
            due.add(now, entry(accountId, day));
        } else if (now < get(accountId, day).lastChange() + retention + grain() + REMEMBERED_MS) {
            due.add(now + REMEMBERED_MS, entry(accountId, day));
        } else {
            cache.remove(entry(accountId, day));
            store.put(key(accountId, day), null);
        }
    }

    /** A day of a time zone reaches into the next of UTC, and a window that is computed again needs the calls of both. */
    private long lastChange(String accountId, long day) {
        long last = Long.MIN_VALUE;
        for (long each = day - 1; each <= day + 1; each++) {
            Day beside = get(accountId, each);
            last = beside.gone() ? last : Math.max(last, beside.lastChange());
        }
        return last;
    }

    private long grain() {
        return retention / GRAIN;
    }

    private Day get(String accountId, long day) {
        return cache.computeIfAbsent(entry(accountId, day), key -> read(store.get(key(accountId, day))));
    }

    private static Day read(byte @Nullable [] value) {
        if (value == null) {
            return Day.UNKNOWN;
        }
        BinaryReader in = new BinaryReader(value);
        in.format("A day of windows");
        return new Day(in.i64(), in.u8() != 0);
    }

    private void put(String accountId, long day, Day known) {
        cache.put(entry(accountId, day), known);
        store.put(
                key(accountId, day),
                new BinaryWriter(10)
                        .format()
                        .i64(known.lastChange())
                        .u8(known.gone() ? 1 : 0)
                        .bytes());
    }

    /** The queue is one of sessions; here the number of the day stands for one. */
    private static SessionKey entry(String accountId, long day) {
        return new SessionKey(accountId, Long.toString(day));
    }

    private static Bytes key(String accountId, long day) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.DAY, accountId, day).bytes());
    }
}

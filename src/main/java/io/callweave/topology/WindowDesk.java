package io.callweave.topology;

import io.callweave.call.CallRecord;
import io.callweave.metrics.Count;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.record.WindowJson;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts finished calls in their windows, takes them out again when they change, and gives windows out: at once, and then at
 * most one per window and interval. That a window is held back is kept in the store, and what its calls have added, so that
 * a restart does not lose it.
 */
final class WindowDesk {

    private static final Logger LOG = LoggerFactory.getLogger(WindowDesk.class);

    /** Large enough for the windows of a second, small enough for a transaction. */
    private static final int SENT_AT_ONCE = 2_000;

    /** Calls that outdated windows are put together from in one step, for the same reason. */
    private static final int RECOVERED_AT_ONCE = 10_000;

    private final WindowTable table;
    private final WindowDays days;
    private final Directory directory;
    private final WindowOptions options;
    private final TopologyMetrics metrics;
    private final int recoverAtOnce;

    /** Until then no window is given out: what went out before a restart is not known. */
    private final long quietUntil;

    /** What has changed since it was last {@linkplain #changed given out or held}, and whether it was there before. */
    private final Map<WindowKey, Boolean> changed = new LinkedHashMap<>();

    private final Set<Day> changedDays = new LinkedHashSet<>();
    private long cause = Long.MIN_VALUE;

    /** When each window was last given out, oldest first; those whose interval is over are forgotten. */
    private final Map<WindowKey, Long> lastSent = new LinkedHashMap<>();

    /** The windows that are held back, and the receipt of what changed them. */
    private final Map<WindowKey, Long> held = new HashMap<>();

    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparingLong(Waiting::until));

    private record Day(String accountId, long number) {}

    private record Waiting(long until, WindowKey window) {}

    /**
     * Takes up what a restored store holds back.
     *
     * @param restartedAt the time that spaces out windows, now; the lowest number if there can be no restart
     */
    WindowDesk(
            KeyValueStore<Bytes, byte[]> store,
            Directory directory,
            WindowOptions options,
            TopologyMetrics metrics,
            long restartedAt) {
        this(store, directory, options, metrics, restartedAt, RECOVERED_AT_ONCE);
    }

    /** @param recoverAtOnce how many calls outdated windows are put together from in one step */
    WindowDesk(
            KeyValueStore<Bytes, byte[]> store,
            Directory directory,
            WindowOptions options,
            TopologyMetrics metrics,
            long restartedAt,
            int recoverAtOnce) {
        this.directory = directory;
        this.table = new WindowTable(store);
        this.days = new WindowDays(store, table, options.retention());
        this.options = options;
        this.metrics = metrics;
        this.recoverAtOnce = recoverAtOnce;
        this.quietUntil =
                restartedAt == Long.MIN_VALUE || table.isNew() ? Long.MIN_VALUE : restartedAt + options.emitInterval();
        table.unsent().forEach((window, receipt) -> {
            held.put(window, receipt);
            queue.add(new Waiting(quietUntil, window));
        });
    }

    /**
     * The record of a finished call went out, or goes on to stand: it counts, and what it counted before does no more.
     *
     * @param receivedAt receipt of the notification that is the cause
     */
    void count(CallRecord call, long receivedAt) {
        CountedCall counted = CountedCall.of(call, options.rules(), directory.departments(call.accountId()));
        replace(call.accountId(), call.callId(), counted, receivedAt);
    }

    /** What is known of the call is no longer known to be all. */
    void countAsPartial(String accountId, String callId, long receivedAt) {
        CountedCall counted = table.counted(accountId, callId);
        if (counted != null) {
            replace(accountId, callId, counted.asPartial(), receivedAt);
        }
    }

    /** There is no such call any more. */
    void drop(String accountId, String callId, long receivedAt) {
        replace(accountId, callId, null, receivedAt);
    }

    private void replace(String accountId, String callId, @Nullable CountedCall now, long receivedAt) {
        CountedCall before = table.counted(accountId, callId);
        if (now != null && isTooLate(accountId, now)) {
            replace(accountId, callId, before, null, receivedAt);
        } else {
            replace(accountId, callId, before, now, receivedAt);
        }
    }

    /** Days of a time zone lie in two of UTC, of which one may be gone before the other: in all windows, or in none. */
    private boolean isTooLate(String accountId, CountedCall call) {
        boolean tooLate = !call.shares().isEmpty()
                && (days.isGone(accountId, WindowTable.dayOf(call.startTime()))
                        || days.isGone(accountId, WindowTable.dayOf(call.dayStart())));
        if (tooLate) {
            call.windows(accountId).keySet().forEach(window -> metrics.windowTooLate());
        }
        return tooLate;
    }

    private void replace(
            String accountId, String callId, @Nullable CountedCall before, @Nullable CountedCall now, long receivedAt) {
        if (now != null && !now.shares().isEmpty()) {
            // Also where it counts as before: as long as a call is revised, it can be corrected.
            changedDays.add(new Day(accountId, WindowTable.dayOf(now.startTime())));
            changedDays.add(new Day(accountId, WindowTable.dayOf(now.dayStart())));
        }
        if (Objects.equals(before, now)) {
            return;
        }
        cause = Math.max(cause, receivedAt);
        Map<WindowKey, Measures> taken = before == null ? Map.of() : before.windows(accountId);
        Map<WindowKey, Measures> added = now == null ? Map.of() : now.windows(accountId);
        Set<WindowKey> windows = new LinkedHashSet<>(taken.keySet());
        windows.addAll(added.keySet());
        if (before != null) {
            table.deleteCounted(accountId, callId, before);
        }
        if (now != null && !now.shares().isEmpty()) {
            table.putCounted(accountId, callId, now);
        }
        table.recount(accountId, callId, before, now);
        for (WindowKey window : windows) {
            change(window, taken.get(window), added.get(window));
        }
    }

    private void change(WindowKey window, @Nullable Measures taken, @Nullable Measures added) {
        if (Objects.equals(taken, added)) {
            return;
        }
        if (taken != null) {
            // The days of what is added were looked at for all its windows together.
            long day = WindowTable.dayOf(window.start());
            if (days.isGone(window.accountId(), day)) {
                return;
            }
            changedDays.add(new Day(window.accountId(), day));
        }
        if (table.isOutdated(window)) {
            return;
        }
        WindowAggregate before = table.get(window);
        table.change(window, counted(window, before, taken, added));
        changed.putIfAbsent(window, !before.isEmpty());
    }

    private WindowAggregate counted(
            WindowKey window, WindowAggregate before, @Nullable Measures taken, @Nullable Measures added) {
        WindowAggregate now;
        try {
            now = taken == null ? before : before.minus(taken);
        } catch (IllegalStateException mistake) {
            // A mistake of ours in one window must not stop all calls of the partition.
            LOG.atError()
                    .setCause(mistake)
                    .addKeyValue("account", window.accountId())
                    .addKeyValue("scope", window.scope())
                    .addKeyValue("window", window.size())
                    .addKeyValue("start", window.start())
                    .log("A window did not hold a call that it should; it is put together anew. Please report this.");
            return table.recomputed(window);
        }
        now = added == null ? now : now.plus(added);
        if (now.isExact()) {
            return now;
        }
        WindowAggregate anew = table.recomputed(window);
        return anew.count(Count.CALLS) == now.count(Count.CALLS) ? anew : now;
    }

    /**
     * Gives out what has changed, or holds it back until its interval is over; to be called at the end of each step, so that
     * nothing goes out that is true only half way.
     *
     * @param now of the clock
     * @param time the time that spaces out windows
     */
    List<Stage2Output> changed(long now, long time) {
        if (changed.isEmpty() && changedDays.isEmpty()) {
            return List.of();
        }
        changedDays.forEach(day -> days.touch(day.accountId(), day.number(), now));
        changedDays.clear();
        List<Stage2Output> out = new ArrayList<>();
        changed.forEach((window, wasThere) -> {
            Long last = lastSent.get(window);
            if (held.containsKey(window)
                    || time < quietUntil
                    || (last != null && time - last < options.emitInterval())) {
                hold(window, last == null ? quietUntil : last + options.emitInterval());
            } else if (wasThere || !table.get(window).isEmpty()) {
                out.add(update(window, cause, time));
            } else {
                table.write(window);
            }
        });
        changed.clear();
        cause = Long.MIN_VALUE;
        return out;
    }

    private void hold(WindowKey window, long until) {
        if (held.put(window, cause) == null) {
            queue.add(new Waiting(until, window));
            table.putUnsent(window, cause);
        }
    }

    /** Gives out windows whose interval is over. */
    List<Stage2Output> ready(long time) {
        List<Stage2Output> out = new ArrayList<>();
        int toRecover = recoverAtOnce;
        for (Waiting next = queue.peek();
                next != null && next.until() <= time && out.size() < SENT_AT_ONCE;
                next = queue.peek()) {
            if (table.isOutdated(next.window())) {
                toRecover -= table.recover(next.window(), toRecover);
                if (toRecover <= 0) {
                    break;
                }
            }
            queue.remove();
            Long receipt = held.remove(next.window());
            table.deleteUnsent(next.window());
            if (receipt != null) {
                out.add(update(next.window(), receipt, time));
            }
        }
        forgetLongSent(time);
        return out;
    }

    /** This comes with every event, so it looks no further than to the first that still counts. */
    private void forgetLongSent(long time) {
        Iterator<Long> oldestFirst = lastSent.values().iterator();
        while (oldestFirst.hasNext() && time - oldestFirst.next() >= options.emitInterval()) {
            oldestFirst.remove();
        }
    }

    /** How many windows are held back. */
    int heldBack() {
        return held.size();
    }

    /** Whether there are windows that {@link #ready} would give out. */
    boolean hasReady(long time) {
        Waiting next = queue.peek();
        return next != null && next.until() <= time;
    }

    /** Drops the windows of days that nothing has changed for long. */
    void forgetOld(long now) {
        days.workOff(now, (account, day) -> held.keySet().stream().anyMatch(window -> needs(window, account, day)));
    }

    /** Of a window that is held back the store may only have the calls, those of the next day of UTC among them. */
    private static boolean needs(WindowKey window, String account, long day) {
        long ofWindow = WindowTable.dayOf(window.start());
        return window.accountId().equals(account) && (ofWindow == day || ofWindow + 1 == day);
    }

    private Stage2Output update(WindowKey window, long receipt, long time) {
        lastSent.remove(window);
        lastSent.put(window, time);
        table.write(window);
        WindowAggregate aggregate = table.get(window);
        ZoneId zone = options.rules().zone(window.accountId());
        byte[] json = aggregate.isEmpty()
                ? null
                : WindowJson.write(
                        window,
                        directory.nameOf(window),
                        window.size().end(window.start(), zone),
                        aggregate,
                        options.rules().serviceLevelMs());
        return new Stage2Output.WindowUpdate(window, WindowJson.key(window), json, receipt);
    }
}

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

/**
 * Counts finished calls in their windows, takes them out again when they change, and gives windows out: at once, and then at
 * most one per window and interval. That a window is held back is kept in the store, and what its calls have added, so that
 * a restart does not lose it.
 */
final class WindowDesk {

    /** Large enough for the windows of a second, small enough for a transaction. */
    private static final int SENT_AT_ONCE = 2_000;

    private final WindowTable table;
    private final WindowDays days;
    private final Directory directory;
    private final WindowOptions options;
    private final TopologyMetrics metrics;

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
        this.directory = directory;
        this.table = new WindowTable(store);
        this.days = new WindowDays(store, table, options.retention());
        this.options = options;
        this.metrics = metrics;
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
        if (Objects.equals(before, now)) {
            return;
        }
        cause = Math.max(cause, receivedAt);
        Map<WindowKey, Measures> taken = before == null ? Map.of() : before.windows(accountId);
        Map<WindowKey, Measures> added = now == null ? Map.of() : now.windows(accountId);
        Set<WindowKey> windows = new LinkedHashSet<>(taken.keySet());
        windows.addAll(added.keySet());
        // Some may have to be put together from their calls first, and that from those that count so far.
        windows.forEach(table::get);
        if (before != null) {
            table.deleteCounted(accountId, callId, before);
        }
        if (now != null && !now.shares().isEmpty()) {
            keep(accountId, callId, now);
        }
        for (WindowKey window : windows) {
            change(window, taken.get(window), added.get(window));
        }
    }

    private void keep(String accountId, String callId, CountedCall call) {
        long day = WindowTable.dayOf(call.startTime());
        if (!days.isGone(accountId, day)) {
            table.putCounted(accountId, callId, call);
            changedDays.add(new Day(accountId, day));
        }
    }

    private void change(WindowKey window, @Nullable Measures taken, @Nullable Measures added) {
        if (Objects.equals(taken, added)) {
            return;
        }
        long day = WindowTable.dayOf(window.start());
        if (days.isGone(window.accountId(), day)) {
            metrics.windowTooLate();
            return;
        }
        changedDays.add(new Day(window.accountId(), day));
        WindowAggregate before = table.get(window);
        WindowAggregate now = taken == null ? before : before.minus(taken);
        now = added == null ? now : now.plus(added);
        if (!now.isExact()) {
            WindowAggregate anew = table.recomputed(window);
            now = anew.count(Count.CALLS) == now.count(Count.CALLS) ? anew : now;
        }
        table.change(window, now);
        changed.putIfAbsent(window, !before.isEmpty());
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
        for (Waiting next = queue.peek();
                next != null && next.until() <= time && out.size() < SENT_AT_ONCE;
                next = queue.peek()) {
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
        days.workOff(
                now,
                (account, day) -> held.keySet().stream()
                        .anyMatch(window ->
                                window.accountId().equals(account) && WindowTable.dayOf(window.start()) == day));
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

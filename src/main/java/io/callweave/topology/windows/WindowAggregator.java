package io.callweave.topology.windows;

import io.callweave.call.record.CallRecord;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.record.WindowJson;
import io.callweave.settings.value.StateFormat;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.StepLimits;
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
public final class WindowAggregator {

    private static final Logger LOG = LoggerFactory.getLogger(WindowAggregator.class);

    /** Calls that outdated windows are put together from at once, which is one part of a step. */
    private static final int RECOVERED_AT_ONCE = 100;

    private final WindowStore table;
    private final WindowDays days;
    private final Directory directory;
    private final WindowOptions options;
    private final long emitInterval;
    private final TopologyMetrics metrics;
    private final int recoverAtOnce;
    private final long epoch;

    /** Until then no window is emitted, because nobody knows what was emitted before the restart. */
    private final long quietUntil;

    /** What has changed since it was last {@linkplain #changed emitted or held}, and whether it was there before. */
    private final Map<WindowKey, Boolean> changed = new LinkedHashMap<>();

    private final Set<Day> changedDays = new LinkedHashSet<>();
    private long cause = Long.MIN_VALUE;

    /** When each window was last emitted, oldest first. Entries leave when their interval is over. */
    private final Map<WindowKey, Long> lastSent = new LinkedHashMap<>();

    /** The windows that are held back, and the receipt of what changed them. */
    private final Map<WindowKey, Long> held = new HashMap<>();

    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparingLong(Waiting::until));

    private record Day(String accountId, long number) {}

    private record Waiting(long until, WindowKey window) {}

    /**
     * Takes up what a restored store holds back.
     *
     * @param format that is written; all others are read, too
     * @param restartedAt the time that spaces out windows, now; the lowest number if there can be no restart
     */
    public WindowAggregator(
            KeyValueStore<Bytes, byte[]> store,
            StateFormat format,
            Directory directory,
            WindowOptions options,
            TopologyMetrics metrics,
            long restartedAt,
            long epoch) {
        this(store, format, directory, options, metrics, restartedAt, epoch, RECOVERED_AT_ONCE);
    }

    /** @param recoverAtOnce how many calls outdated windows are put together from in one part of a step */
    public WindowAggregator(
            KeyValueStore<Bytes, byte[]> store,
            StateFormat format,
            Directory directory,
            WindowOptions options,
            TopologyMetrics metrics,
            long restartedAt,
            long epoch,
            int recoverAtOnce) {
        this.directory = directory;
        this.table = new WindowStore(store, format);
        this.days = new WindowDays(store, format, table, options.retention().toMillis());
        this.options = options;
        this.emitInterval = options.emitInterval().toMillis();
        this.metrics = metrics;
        this.recoverAtOnce = recoverAtOnce;
        this.epoch = epoch;
        this.quietUntil = restartedAt == Long.MIN_VALUE || table.isNew() ? Long.MIN_VALUE : restartedAt + emitInterval;
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
    public void count(CallRecord call, long receivedAt) {
        CountedCall counted = CountedCall.of(call, options.rules(), directory.departments(call.accountId()));
        replace(call.accountId(), call.callId(), counted, receivedAt);
    }

    /** What is known of the call is no longer known to be all. */
    public void countAsPartial(String accountId, String callId, long receivedAt) {
        CountedCall counted = table.counted(accountId, callId);
        if (counted != null) {
            replace(accountId, callId, counted.asPartial(), receivedAt);
        }
    }

    /** There is no such call any more. */
    public void drop(String accountId, String callId, long receivedAt) {
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
                && (days.isGone(accountId, WindowStore.dayOf(call.startTime()))
                        || days.isGone(accountId, WindowStore.dayOf(call.dayStart())));
        if (tooLate) {
            call.windows(accountId).keySet().forEach(window -> metrics.windowTooLate());
        }
        return tooLate;
    }

    private void replace(
            String accountId, String callId, @Nullable CountedCall before, @Nullable CountedCall now, long receivedAt) {
        if (now != null && !now.shares().isEmpty()) {
            // Also where it counts as before: as long as a call can be revised, its window is needed.
            changedDays.add(new Day(accountId, WindowStore.dayOf(now.startTime())));
            changedDays.add(new Day(accountId, WindowStore.dayOf(now.dayStart())));
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
            long day = WindowStore.dayOf(window.start());
            if (days.isGone(window.accountId(), day)) {
                return;
            }
            changedDays.add(new Day(window.accountId(), day));
        }
        if (table.isOutdated(window)) {
            return;
        }
        WindowAggregate before = table.get(window);
        changed.putIfAbsent(window, !before.isEmpty());
        WindowAggregate now = counted(window, before, taken, added);
        if (now == null) {
            table.outdate(window);
        } else {
            table.change(window, now);
        }
    }

    /** Null if the old value does not tell the new one; then the window must be computed again. */
    private @Nullable WindowAggregate counted(
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
                    .log("A window did not contain a call that it should; it is rebuilt. Please report this.");
            return null;
        }
        now = added == null ? now : now.plus(added);
        return now.isExact() ? now : null;
    }

    /**
     * Emits what has changed, or holds it back until its interval is over; to be called at the end of each step, so that
     * nothing goes out that is true only half way.
     *
     * @param now of the clock
     * @param time the time that spaces out windows
     */
    public List<StageOutput> changed(long now, long time) {
        if (changed.isEmpty() && changedDays.isEmpty()) {
            return List.of();
        }
        changedDays.forEach(day -> days.touch(day.accountId(), day.number(), now));
        changedDays.clear();
        List<StageOutput> out = new ArrayList<>();
        changed.forEach((window, wasThere) -> {
            Long last = lastSent.get(window);
            if (held.containsKey(window)
                    || table.isOutdated(window)
                    || time < quietUntil
                    || (last != null && time - last < emitInterval)) {
                hold(window, last == null ? quietUntil : last + emitInterval);
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

    /** Emits the windows that have waited for their interval. Outdated ones are first computed again, in portions. */
    public List<StageOutput> ready(long time, StepLimits.Budget budget) {
        List<StageOutput> out = new ArrayList<>();
        while (hasReady(time) && !budget.isSpent()) {
            Waiting next = queue.element();
            budget.spend();
            if (table.isOutdated(next.window())) {
                table.recover(next.window(), recoverAtOnce);
                continue;
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
        while (oldestFirst.hasNext() && time - oldestFirst.next() >= emitInterval) {
            oldestFirst.remove();
        }
    }

    /** How many windows are held back. */
    public int heldBack() {
        return held.size();
    }

    /** Whether there are windows that {@link #ready} would emit. */
    public boolean hasReady(long time) {
        Waiting next = queue.peek();
        return next != null && next.until() <= time;
    }

    /**
     * Drops the windows of days that nothing has changed for long, in portions.
     *
     * @return whether there is more
     */
    public boolean forgetOld(long now, StepLimits.Budget budget) {
        // Whether there is more is only known by looking; a step that has done enough looks the next time.
        return budget.isSpent()
                || days.processDue(
                        now, (account, day) -> held.keySet().stream().anyMatch(window -> needs(window, account, day)));
    }

    /** Of a window that is held back the store may only have the calls, those of the next day of UTC among them. */
    private static boolean needs(WindowKey window, String account, long day) {
        long ofWindow = WindowStore.dayOf(window.start());
        return window.accountId().equals(account) && (ofWindow == day || ofWindow + 1 == day);
    }

    private StageOutput update(WindowKey window, long receipt, long time) {
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
                        epoch,
                        aggregate,
                        options.rules().serviceLevelMs());
        return new StageOutput.WindowUpdate(window, WindowJson.key(window), json, receipt);
    }
}

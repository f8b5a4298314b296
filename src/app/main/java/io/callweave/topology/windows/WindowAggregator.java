package io.callweave.topology.windows;

import io.callweave.call.record.CallRecord;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.CountedOn;
import io.callweave.topology.time.StepLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final CountedCallStore calls;
    private final WindowTable table;
    private final WindowRecoveries recoveries;
    private final WindowDays days;
    private final Directory directory;
    private final WindowOptions options;
    private final TopologyMetrics metrics;
    private final long epoch;
    private final WindowEmissions emissions;
    private final int recoverAtOnce;
    private final Set<Day> changedDays = new LinkedHashSet<>();
    private long cause = Long.MIN_VALUE;

    private record Day(String accountId, long number) {}

    /**
     * Takes up what a restored store holds back.
     *
     * @param restartedAt the time that spaces out windows, now; the lowest number if there can be no restart
     */
    public WindowAggregator(
            KeyValueStore<Bytes, byte[]> store,
            Directory directory,
            WindowOptions options,
            TopologyMetrics metrics,
            long restartedAt,
            long epoch) {
        this(store, directory, options, metrics, restartedAt, epoch, RECOVERED_AT_ONCE);
    }

    /** @param recoverAtOnce how many calls outdated windows are put together from in one part of a step */
    public WindowAggregator(
            KeyValueStore<Bytes, byte[]> store,
            Directory directory,
            WindowOptions options,
            TopologyMetrics metrics,
            long restartedAt,
            long epoch,
            int recoverAtOnce) {
        this.directory = directory;
        this.options = options;
        this.metrics = metrics;
        this.epoch = epoch;
        this.recoverAtOnce = recoverAtOnce;
        WindowStore windows = new WindowStore(store);
        long emitInterval = options.emitInterval().toMillis();
        boolean quiet = restartedAt != Long.MIN_VALUE && !windows.isNew();
        this.calls = new CountedCallStore(store);
        this.table = new WindowTable(windows, emitInterval);
        this.recoveries = new WindowRecoveries(calls, table);
        this.days = new WindowDays(store, table, options.retention().toMillis());
        this.emissions = new WindowEmissions(
                table,
                new WindowNotes(store),
                recoveries,
                directory,
                options,
                epoch,
                quiet ? restartedAt + emitInterval : Long.MIN_VALUE);
    }

    /**
     * The record of a finished call went out, or goes on to stand: it counts, and what it counted before does no more.
     *
     * @param revision of the record that stands
     * @param countedOn the day under which it is counted before this, as {@link CountedOn} has it
     * @param receivedAt receipt of the notification that is the cause
     * @return the day under which it is counted now
     */
    public long count(CallRecord call, long revision, long countedOn, long receivedAt) {
        CountedCall counted =
                CountedCall.of(call, options.rules(), directory.departments(call.accountId()), epoch, revision);
        CountedCall before = calls.get(call.accountId(), call.callId(), countedOn);
        return replace(
                call.accountId(),
                call.callId(),
                before,
                isTooLate(call.accountId(), counted) ? null : counted,
                receivedAt);
    }

    /** How long after their last change windows can be corrected, in milliseconds. */
    public long retentionMs() {
        return options.retention().toMillis();
    }

    /** What is known of the call is no longer known to be all; else as {@link #count}. */
    public long countAsPartial(String accountId, String callId, long revision, long countedOn, long receivedAt) {
        CountedCall before = calls.get(accountId, callId, countedOn);
        if (before == null) {
            return CountedOn.NO_DAY;
        }
        CountedCall partial = before.asPartial(callId, epoch, revision);
        return replace(accountId, callId, before, isTooLate(accountId, partial) ? null : partial, receivedAt);
    }

    /** The call no longer exists. */
    public void drop(String accountId, String callId, long countedOn, long receivedAt) {
        CountedCall before = calls.get(accountId, callId, countedOn);
        replace(accountId, callId, before, null, receivedAt);
    }

    /** Whether what was counted under a day may still be there. */
    public boolean isKept(String accountId, long countedOn) {
        return countedOn != CountedOn.NO_DAY && days.isKept(accountId, countedOn);
    }

    /** Days of a time zone lie in two of UTC, of which one may be gone before the other: in all windows, or in none. */
    private boolean isTooLate(String accountId, CountedCall call) {
        boolean tooLate = !call.isNothing()
                && (days.isGone(accountId, WindowStore.dayOf(call.startTime()))
                        || days.isGone(accountId, WindowStore.dayOf(call.dayStart())));
        if (tooLate) {
            call.windows(accountId).keySet().forEach(window -> metrics.windowTooLate());
        }
        return tooLate;
    }

    /** Returns the day under which it is counted now. */
    private long replace(
            String accountId, String callId, @Nullable CountedCall before, @Nullable CountedCall now, long receivedAt) {
        if (now != null && !now.isNothing()) {
            // Also where it counts as before: as long as a call can be revised, its window is needed.
            changedDays.add(new Day(accountId, WindowStore.dayOf(now.startTime())));
            changedDays.add(new Day(accountId, WindowStore.dayOf(now.dayStart())));
        }
        if (Objects.equals(before, now)) {
            return now == null ? CountedOn.NO_DAY : WindowStore.dayOf(now.startTime());
        }
        cause = Math.max(cause, receivedAt);
        if (before != null) {
            calls.delete(accountId, callId, before);
        }
        long countedOn = now != null && !now.isNothing() ? calls.put(accountId, callId, now) : CountedOn.NO_DAY;
        recoveries.recount(accountId, callId, before, now);
        if (before != null) {
            change(accountId, before, now);
        } else if (now != null) {
            add(accountId, now);
        }
        return countedOn;
    }

    /** Most calls are counted once, and looking for what they added before would cost as much as adding. */
    private void add(String accountId, CountedCall call) {
        if (call.shares().isEmpty()) {
            call.windows(accountId).forEach((window, measures) -> change(table.window(window), null, measures));
        }
        for (Share share : call.shares()) {
            WindowPage page = null;
            for (WindowSize size : share.sizes()) {
                long start = call.windowStart(size);
                long day = WindowStore.dayOf(start);
                if (page == null || page.key.day() != day) {
                    page = table.page(accountId, share.scope(), share.scopeId(), day);
                }
                change(table.window(page, size, start), null, call.measures(share, size));
            }
        }
    }

    private void change(String accountId, CountedCall before, @Nullable CountedCall now) {
        Map<WindowKey, Measures> taken = before.windows(accountId);
        Map<WindowKey, Measures> added = now == null ? Map.of() : now.windows(accountId);
        Set<WindowKey> windows = new LinkedHashSet<>(taken.keySet());
        windows.addAll(added.keySet());
        for (WindowKey key : windows) {
            Measures minus = taken.get(key);
            Measures plus = added.get(key);
            // The days of what is added were looked at for all its windows together.
            if (!Objects.equals(minus, plus) && (minus == null || isKept(key))) {
                change(table.window(key), minus, plus);
            }
        }
    }

    /** Whether the day is still there; then it is changed now. */
    private boolean isKept(WindowKey window) {
        long day = WindowStore.dayOf(window.start());
        boolean kept = !days.isGone(window.accountId(), day);
        if (kept) {
            changedDays.add(new Day(window.accountId(), day));
        }
        return kept;
    }

    private void change(Window window, @Nullable Measures taken, @Nullable Measures added) {
        if (window.outdated) {
            return;
        }
        emissions.change(window);
        if (!count(window, taken, added)) {
            recoveries.outdate(window);
        }
    }

    /** Whether the old figures tell the new ones; if not, the window must be put together again. */
    private static boolean count(Window window, @Nullable Measures taken, @Nullable Measures added) {
        try {
            if (taken != null) {
                window.figures.remove(taken);
            }
        } catch (IllegalStateException mistake) {
            // A mistake of ours in one window must not stop all calls of the partition.
            LOG.atError()
                    .setCause(mistake)
                    .addKeyValue("account", window.page.key.accountId())
                    .addKeyValue("scope", window.page.key.scope())
                    .addKeyValue("window", window.size)
                    .addKeyValue("start", window.start)
                    .log("A window did not contain a call that it should; it is rebuilt. Please report this.");
            return false;
        }
        if (added != null) {
            window.figures.add(added);
        }
        return window.figures.isExact();
    }

    /**
     * Emits what has changed, or holds it back until its interval is over; to be called at the end of each step, so that
     * nothing goes out that is true only half way.
     *
     * @param now of the clock
     * @param time the time that spaces out windows
     */
    public List<StageOutput> changed(long now, long time) {
        if (!emissions.hasChanged() && changedDays.isEmpty()) {
            return List.of();
        }
        changedDays.forEach(day -> days.touch(day.accountId(), day.number(), now));
        changedDays.clear();
        List<StageOutput> out = emissions.changed(cause, time);
        cause = Long.MIN_VALUE;
        return out;
    }

    /** Whether more is left to read than can be read in a second; then windows wait ten times as long, so fewer go out. */
    public void farBehind(boolean is) {
        emissions.farBehind(is);
    }

    /** Emits the windows that have waited for their interval. Outdated ones are first computed again, in portions. */
    public List<StageOutput> ready(long time, StepLimits.Budget budget) {
        return emissions.ready(time, budget, recoverAtOnce);
    }

    /** How many windows are held back. */
    public int heldBack() {
        return emissions.heldBack();
    }

    /** Whether there are windows that {@link #ready} would emit. */
    public boolean hasReady(long time) {
        return emissions.hasReady(time);
    }

    /**
     * Drops the windows of days that nothing has changed for long, in portions.
     *
     * @return whether there is more
     */
    public boolean forgetOld(long now, StepLimits.Budget budget) {
        // Whether there is more is only known by looking; a step that has done enough looks the next time.
        return budget.isSpent()
                || days.processDue(now, (account, day) -> emissions.holds(window -> needs(window, account, day)));
    }

    /** Of a window that is held back the store may only have the calls, those of the next day of UTC among them. */
    private static boolean needs(WindowKey window, String account, long day) {
        long ofWindow = WindowStore.dayOf(window.start());
        return window.accountId().equals(account) && (ofWindow == day || ofWindow + 1 == day);
    }
}

package io.callweave.topology.windows;

import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowKey;
import io.callweave.record.WindowJson;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.time.StepLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives changed windows out, each at once or when its interval is over. */
final class WindowEmissions {

    /** Who is far behind makes up for it sooner if it emits a window once for many calls, and nobody looks at it now. */
    private static final int INTERVALS_WHEN_FAR_BEHIND = 10;

    /** They are all in memory, 0.6 kB each with one call and 3 kB with thirty, and a restart puts them together again. */
    private static final int MOST_HELD_WHEN_FAR_BEHIND = 4_096;

    private final WindowTable table;
    private final WindowNotes notes;
    private final WindowRecoveries recoveries;
    private final Directory directory;
    private final WindowOptions options;
    private final long emitInterval;
    private final long epoch;

    /** Until then no window is emitted, because nobody knows what was emitted before the restart. */
    private final long quietUntil;

    private final List<Window> changed = new ArrayList<>();

    private boolean farBehind;

    /** The windows that are held back. */
    private final PriorityQueue<Window> queue = new PriorityQueue<>(Comparator.comparingLong(window -> window.until));

    /** The JSON of figures of a single call in this step. */
    private final IdentityHashMap<Measures, Figures> ofCall = new IdentityHashMap<>();

    private record Figures(@Nullable Long thresholdMs, byte[] json) {}

    /** @param quietUntil the lowest number if nothing was emitted before */
    WindowEmissions(
            WindowTable table,
            WindowNotes notes,
            WindowRecoveries recoveries,
            Directory directory,
            WindowOptions options,
            long epoch,
            long quietUntil) {
        this.table = table;
        this.notes = notes;
        this.recoveries = recoveries;
        this.directory = directory;
        this.options = options;
        this.emitInterval = options.emitInterval().toMillis();
        this.epoch = epoch;
        this.quietUntil = quietUntil;
        notes.restore(table, window -> {
            recoveries.restored(window);
            wait(window, quietUntil);
        });
    }

    /** The window is about to be changed. */
    void change(Window window) {
        if (!window.changed) {
            window.changed = true;
            window.wasThere = !window.figures.isEmpty();
            changed.add(window);
        }
        window.unwritten = true;
        window.sentBefore = false;
    }

    /** Whether a window has changed in this step. */
    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /**
     * Emits what has changed in this step, or holds it back.
     *
     * @param cause receipt of the notification that changed it
     * @param time the time that spaces out windows
     */
    List<StageOutput> changed(long cause, long time) {
        table.begin(time);
        List<StageOutput> out = new ArrayList<>(changed.size());
        for (Window window : changed) {
            window.changed = false;
            if (window.held
                    || window.outdated
                    || time < quietUntil
                    || delay() > 0
                    || window.isSpaced(time, emitInterval)) {
                hold(window, cause, time);
            } else if (window.wasThere || !window.figures.isEmpty()) {
                out.add(update(window, cause, time));
            } else {
                table.write(window);
            }
        }
        changed.clear();
        end();
        return out;
    }

    private void hold(Window window, long cause, long time) {
        window.receipt = cause;
        if (!window.held) {
            notes.add(window);
            if (window.sentAt != Window.NEVER) {
                wait(window, window.sentAt + emitInterval);
            } else {
                wait(window, delay() > 0 ? Math.max(quietUntil, time + emitInterval) : quietUntil);
            }
        }
    }

    /** How much longer than usual windows wait, in milliseconds. */
    private long delay() {
        return farBehind && queue.size() < MOST_HELD_WHEN_FAR_BEHIND
                ? (INTERVALS_WHEN_FAR_BEHIND - 1) * emitInterval
                : 0;
    }

    /** Whether more is left to read than can be read in a second. */
    void farBehind(boolean is) {
        farBehind = is;
    }

    private void wait(Window window, long until) {
        window.held = true;
        window.until = until;
        queue.add(window);
    }

    private void end() {
        ofCall.clear();
        notes.flush();
        table.flush();
    }

    /**
     * Emits the windows that have waited for their interval. Outdated ones are first computed again, in portions.
     *
     * @param recoverAtOnce how many calls they are put together from in one portion
     */
    List<StageOutput> ready(long time, StepLimits.Budget budget, int recoverAtOnce) {
        if (!hasReady(time)) {
            return List.of();
        }
        table.begin(time);
        List<StageOutput> out = new ArrayList<>();
        while (hasReady(time) && !budget.isSpent()) {
            Window next = queue.element();
            if (next.outdated) {
                // What is read and committed meanwhile must not wait for a day's calls.
                budget.spend(recoveries.recover(next, recoverAtOnce));
                continue;
            }
            budget.spend();
            queue.remove();
            next.held = false;
            notes.remove(next);
            if (next.sentBefore) {
                table.write(next);
            } else {
                out.add(update(next, next.receipt, time));
            }
        }
        end();
        return out;
    }

    int heldBack() {
        return queue.size();
    }

    boolean hasReady(long time) {
        Window next = queue.peek();
        return next != null && next.until <= time - delay();
    }

    /** Whether one of these windows is held back. */
    boolean holds(Predicate<WindowKey> windows) {
        return queue.stream().anyMatch(window -> windows.test(window.key()));
    }

    private StageOutput update(Window window, long receipt, long time) {
        window.sentAt = time;
        table.write(window);
        WindowKey key = window.key();
        byte[] json = window.figures.isEmpty()
                ? null
                : WindowJson.write(key, directory.nameOf(key), options.rules().end(key), epoch, figures(window, key));
        return new StageOutput.WindowUpdate(key, WindowJson.key(key), json, receipt);
    }

    /** A call is alone in many of its windows, and the same in each with the same threshold. */
    private byte[] figures(Window window, WindowKey key) {
        Measures only = window.figures.only();
        Long thresholdMs = options.rules().thresholdMs(key);
        Figures known = only == null ? null : ofCall.get(only);
        if (known == null || !Objects.equals(known.thresholdMs, thresholdMs)) {
            known = new Figures(thresholdMs, WindowJson.figures(key, window.figures.toAggregate(), thresholdMs));
            if (only != null) {
                ofCall.put(only, known);
            }
        }
        return known.json;
    }
}

package io.callweave.topology.time;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * When the routers of one stream thread tell which partition of the stage how far their clocks are: all clocks together, because
 * all that these routers sent before went through one producer, in this order. A partition that a notification went to hears
 * of them with each tick as long as that notification may make it wait for something. Every partition hears of them once in the
 * interval, and at once of a new clock, unless each waits for its own partition only.
 */
public final class MarkSchedule {

    private final long interval;
    private final long tick;
    private final long attention;
    private final boolean tellsAll;
    private final Map<Integer, LongSupplier> clocks = new HashMap<>();

    /** How far a home has to hear that the slowest clock is before it may have nothing to wait for. */
    private final long[] awaited;

    /** How far the slowest clock was when the home last heard of them. */
    private final long[] heard;

    /** Which state of the clocks each home last heard of. */
    private final long[] heardState;

    private Map<Integer, Long> told = Map.of();
    private long state;
    private long lastToAll = Long.MIN_VALUE;
    private long lastLooked = Long.MIN_VALUE;
    private long lastSent = Long.MIN_VALUE;

    /**
     * The clocks to send now, and where to.
     *
     * @param clocks by partition of {@code notifications}, in milliseconds
     * @param homes the partitions of the stage to tell; none if there is nothing to tell
     */
    public record Due(Map<Integer, Long> clocks, BitSet homes) {

        private static final Due NOTHING = new Due(Map.of(), new BitSet());
    }

    /**
     * Begins without a clock.
     *
     * @param homes how many partitions the stage has
     * @param interval how often all partitions hear of the clocks, in milliseconds of wall time
     * @param tick the shortest time between two marks, in milliseconds of wall time
     * @param attention for how long after a notification a home hears of the clocks with each tick, in milliseconds of these
     * @param tellsAll whether partitions hear of the clocks that nothing was sent to
     */
    public MarkSchedule(int homes, long interval, long tick, long attention, boolean tellsAll) {
        this.interval = interval;
        this.tick = tick;
        this.attention = attention;
        this.tellsAll = tellsAll;
        this.awaited = new long[homes];
        this.heard = new long[homes];
        this.heardState = new long[homes];
        Arrays.fill(awaited, Long.MIN_VALUE);
        Arrays.fill(heard, Long.MIN_VALUE);
    }

    /**
     * A router begins on this thread.
     *
     * @param clock its time; {@link Long#MIN_VALUE} as long as it knows none
     */
    public void start(int source, LongSupplier clock) {
        clocks.put(source, clock);
        forget(source);
    }

    /** The router that began with this clock ends, unless another one has taken its place. */
    public void stop(int source, LongSupplier clock) {
        if (clocks.remove(source, clock)) {
            forget(source);
        }
    }

    private void forget(int source) {
        Map<Integer, Long> others = new TreeMap<>(told);
        others.remove(source);
        told = others;
    }

    /**
     * A notification goes to this partition now.
     *
     * @param time of its router's clock
     */
    public void sent(int home, long time, long wallTime) {
        awaited[home] = Math.max(awaited[home], time + attention);
        kept(wallTime);
    }

    /** A notification stays in its task now, whose partition hears of the clock anyway. */
    public void kept(long wallTime) {
        lastSent = wallTime;
    }

    /** Whether some partition may wait for the time to pass. */
    public boolean isAttentive(long wallTime) {
        return lastSent != Long.MIN_VALUE && lastSent + attention >= wallTime;
    }

    /** Whether this clock was not told yet. */
    public boolean isNew(int source) {
        return !told.containsKey(source);
    }

    /** Whether this clock can be told for the first time. */
    private boolean begins(int source) {
        LongSupplier clock = isNew(source) ? clocks.get(source) : null;
        return clock != null && clock.getAsLong() != Long.MIN_VALUE;
    }

    /**
     * What to tell now. The caller tells it.
     *
     * @param source whose router asks: each of them looks for its own clock, so that many are as cheap as few
     */
    public Due due(int source, long wallTime) {
        boolean intervalOver = tellsAll && Math.floorDiv(wallTime, interval) != Math.floorDiv(lastToAll, interval);
        boolean tickOver = Math.floorDiv(wallTime, tick) != Math.floorDiv(lastLooked, tick);
        if (!intervalOver && !tickOver && !begins(source)) {
            return Due.NOTHING;
        }
        lastLooked = wallTime;
        Map<Integer, Long> now = new TreeMap<>();
        clocks.forEach((each, clock) -> {
            long time = clock.getAsLong();
            if (time != Long.MIN_VALUE) {
                now.put(each, time);
            }
        });
        boolean isNew = !told.keySet().containsAll(now.keySet());
        boolean all = intervalOver || isNew;
        if (now.isEmpty() || (!all && !tickOver)) {
            return Due.NOTHING;
        }
        if (!now.equals(told)) {
            told = now;
            state++;
        }
        long slowest = Collections.min(now.values());
        BitSet homes = new BitSet();
        for (int home = 0; home < awaited.length; home++) {
            if (all || (awaited[home] > heard[home] && heardState[home] != state)) {
                homes.set(home);
                heard[home] = slowest;
                heardState[home] = state;
            }
            if (isNew && !tellsAll) {
                // What this clock sent before a restart may wait for it.
                awaited[home] = Math.max(awaited[home], slowest + attention);
            }
        }
        if (!tellsAll && now.size() == 1) {
            // It hears of its own clock within its task.
            homes.clear(now.keySet().iterator().next());
        }
        if (all) {
            lastToAll = wallTime;
        }
        return new Due(now, homes);
    }
}

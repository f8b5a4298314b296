package io.callweave.topology.time;

import java.util.Arrays;
import java.util.BitSet;

/**
 * When the router tells which partition of the stage how far its clock is. A partition that a notification went to hears of
 * it with each tick as long as that notification may make it wait for something; every partition hears of it once in the
 * interval, of all clocks at the same time: what comes at another time is another commit, and each writes to all partitions.
 */
public final class MarkSchedule {

    private final long interval;
    private final long attention;
    private final long[] attentiveUntil;
    private long lastToAll = Long.MIN_VALUE;
    private long lastTime = Long.MIN_VALUE;
    private long lastSent;

    /**
     * Begins with nothing sent.
     *
     * @param homes how many partitions the stage has
     * @param interval how often all clocks are sent, in milliseconds of wall time
     * @param attention for how long after a notification its partition gets a mark with each tick, in milliseconds of wall time
     */
    public MarkSchedule(int homes, long interval, long attention) {
        this.interval = interval;
        this.attention = attention;
        this.attentiveUntil = new long[homes];
        Arrays.fill(attentiveUntil, Long.MIN_VALUE);
    }

    /** A notification goes to this partition now. */
    public void sent(int home, long wallTime) {
        attentiveUntil[home] = wallTime + attention;
        lastSent = wallTime;
    }

    /** Whether some partition may wait for the time to pass. */
    public boolean isAttentive(long wallTime) {
        return lastSent + attention >= wallTime;
    }

    /** Whether no clock was sent yet. */
    public boolean isNew() {
        return lastTime == Long.MIN_VALUE;
    }

    /**
     * The partitions that get the clock now.
     *
     * @param time of the clock; where it has not moved there is nothing to tell
     */
    public BitSet due(long time, long wallTime) {
        BitSet homes = new BitSet();
        boolean all = isNew() || Math.floorDiv(wallTime, interval) != Math.floorDiv(lastToAll, interval);
        if (time == Long.MIN_VALUE || (time == lastTime && !all)) {
            return homes;
        }
        for (int home = 0; home < attentiveUntil.length; home++) {
            homes.set(home, all || attentiveUntil[home] >= wallTime);
        }
        if (all) {
            lastToAll = wallTime;
        }
        if (!homes.isEmpty()) {
            lastTime = time;
        }
        return homes;
    }
}

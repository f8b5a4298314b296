package io.callweave.topology.session;

import io.callweave.topology.state.EventSlots;
import java.util.Arrays;

/**
 * Where each event of a session lies, in the order of the events: the number of its place in {@link EventSlots}, or {@link #NONE}.
 * An array, because live sessions stay in memory.
 */
final class SlotNumbers {

    /** The event lies in the value of its session. */
    static final int NONE = -1;

    private static final int[] NO_EVENTS = {};

    private int[] slots = NO_EVENTS;

    int of(int event) {
        return slots[event];
    }

    void set(int event, int slot) {
        slots[event] = slot;
    }

    /** An event has come, which lies nowhere yet. */
    void insert(int event) {
        int[] more = Arrays.copyOf(slots, slots.length + 1);
        System.arraycopy(slots, event, more, event + 1, slots.length - event);
        more[event] = NONE;
        slots = more;
    }

    /** All of so many events lie in the value. */
    void clear(int events) {
        slots = new int[events];
        Arrays.fill(slots, NONE);
    }
}

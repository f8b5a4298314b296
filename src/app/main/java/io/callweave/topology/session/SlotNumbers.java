package io.callweave.topology.session;

import io.callweave.topology.state.EventSlots;
import java.util.Arrays;

/**
 * Where each event of a session lies, in the order of the events: the number of its place in {@link EventSlots}, or {@link #NONE};
 * and whether it has changed since it was written there. An array, because live sessions stay in memory.
 */
final class SlotNumbers {

    /** The event lies in the value of its session. */
    static final int NONE = -1;

    /** The event is to lie in a slot, and has none yet. */
    static final int NEW = -2;

    private static final int[] NO_EVENTS = {};

    /** Slots of changed events are below {@link #NEW}: the complement of their number, and less by this. */
    private static final int CHANGED = 2;

    private int[] slots = NO_EVENTS;

    int of(int event) {
        int slot = slots[event];
        return slot < NEW ? ~(slot + CHANGED) : slot;
    }

    /** The event is written there. */
    void set(int event, int slot) {
        slots[event] = slot;
    }

    /** The event has changed, and is to be written in its slot; in one of its own if it has none. */
    void change(int event) {
        int slot = slots[event];
        if (slot == NONE) {
            slots[event] = NEW;
        } else if (slot >= 0) {
            slots[event] = ~slot - CHANGED;
        }
    }

    /** Whether the event is to be written in a slot. */
    boolean isChanged(int event) {
        return slots[event] <= NEW;
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

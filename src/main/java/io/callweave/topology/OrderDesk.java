package io.callweave.topology;

import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.record.PartyEventJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decides which party events are new, and which go out to {@code party-events} when. */
final class OrderDesk {

    /** An exactly-once transaction times out, so what has fallen due is worked off in portions. */
    private static final int DUE_AT_ONCE = 1_000;

    private final EventOrders orders;
    private final DueQueue due;
    private final Timing timing;
    private final long gapGrace;
    private final Limits limits;

    /**
     * A party event that goes out.
     *
     * @param receivedAt when it, or the event or the time that released it, was received
     * @param late whether one with a higher sequence went out before
     * @param afterGap whether what is missing before it was given up
     */
    record Released(byte[] key, byte[] json, long receivedAt, boolean late, boolean afterGap) {}

    /**
     * What became of an event.
     *
     * @param mayBeTooLate whether its session may have been closed by stage 2
     */
    record Acceptance(boolean isDuplicate, boolean mayBeTooLate, List<Released> released) {

        private static final Acceptance DUPLICATE = new Acceptance(true, false, List.of());
    }

    OrderDesk(EventOrders orders, DueQueue due, Timing timing, boolean gapsCount, Limits limits) {
        this.orders = orders;
        this.due = due;
        this.timing = timing;
        // Where gaps are normal, waiting for what will not come helps nobody.
        this.gapGrace = gapsCount ? timing.gapGrace() : 0;
        this.limits = limits;
    }

    Acceptance accept(PartyEvent event, long now) {
        SessionKey key = event.session();
        EventOrder order = orders.get(key);
        if (order.isClosed()) {
            // It cannot be told any more whether this is a duplicate; stage 2 has closed the session, too.
            return new Acceptance(false, true, List.of());
        }
        boolean mayBeTooLate = order.lastChange() > 0 && now - order.lastChange() >= timing.lateWindow();
        EventOrder.Arrival arrival = order.arrive(event, orders.hash(event), now, limits.sessionEvents());
        if (arrival == EventOrder.Arrival.DUPLICATE) {
            return Acceptance.DUPLICATE;
        }
        // What stage 2 refuses changes nothing there: neither an event that is too late, nor perhaps another body.
        if (!mayBeTooLate && arrival != EventOrder.Arrival.REPLACED && arrival != EventOrder.Arrival.UNTRACKED) {
            order.changed(now);
        }
        List<Released> released = new ArrayList<>();
        switch (arrival) {
            case IN_ORDER, LATE -> {
                boolean late = arrival == EventOrder.Arrival.LATE;
                released.add(released(event, order.release(event.place(), late), now));
            }
            case HELD -> orders.hold(event);
            default -> {
                // Out already, or not tracked any more.
            }
        }
        release(key, order, now, released);
        arm(key, order, now);
        orders.put(key, order);
        return new Acceptance(false, mayBeTooLate, released);
    }

    /** What goes out, and is forgotten, because of the time. */
    List<Released> workOffDue(long now) {
        List<Released> released = new ArrayList<>();
        due.workOff(now, DUE_AT_ONCE, entry -> {
            SessionKey key = entry.key();
            EventOrder order = orders.get(key);
            if (order.armedDue() == entry.time()) {
                order.arm(0);
                look(key, order, entry.time(), released);
            }
        });
        return released;
    }

    private void look(SessionKey key, EventOrder order, long now, List<Released> released) {
        if (order.isClosed()) {
            orders.forget(key);
            return;
        }
        release(key, order, now, released);
        if (order.heldSince() == Long.MAX_VALUE && closing(order) <= now) {
            order.close();
            due.add(now + timing.markerRetention(), key);
            order.arm(now + timing.markerRetention());
        } else {
            arm(key, order, now);
        }
        orders.put(key, order);
    }

    private void release(SessionKey key, EventOrder order, long now, List<Released> released) {
        for (EventOrder.Release release : order.release(now - gapGrace)) {
            released.add(released(orders.takeHeld(key, release.place()), release, now));
        }
    }

    private void arm(SessionKey key, EventOrder order, long now) {
        long heldSince = order.heldSince();
        long next = heldSince == Long.MAX_VALUE ? closing(order) : heldSince + gapGrace;
        if (order.armedDue() == 0 || order.armedDue() > next || order.armedDue() < now) {
            due.add(next, key);
            order.arm(next);
        }
    }

    /** No call is waited for longer than this, so neither is a duplicate. */
    private long closing(EventOrder order) {
        return order.lastChange() + timing.waits().maxIdle() + timing.lateWindow();
    }

    private static Released released(PartyEvent event, EventOrder.Release release, long receivedAt) {
        EventOrder.Previous previous = release.previous();
        byte[] json = PartyEventJson.write(
                event,
                release.late(),
                previous == null ? null : previous.status(),
                previous == null ? null : Long.valueOf(previous.eventTime()));
        return new Released(
                event.session().telephonySessionId().getBytes(StandardCharsets.UTF_8),
                json,
                receivedAt,
                release.late(),
                release.afterGap());
    }
}

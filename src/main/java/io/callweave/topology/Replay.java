package io.callweave.topology;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.Completion;
import io.callweave.call.CompletionReason;
import io.callweave.call.Doubt;
import io.callweave.call.Joining;
import io.callweave.call.PartyEvent;
import io.callweave.call.Session;
import io.callweave.call.SessionKey;
import io.callweave.call.Waits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Both stages in this thread, without Kafka, for whoever wants to know why something was emitted. The decisions are those
 * of the same {@link OrderDesk} and {@link CallDesk} that run on Kafka Streams; this only feeds them, as their processors do
 * for one partition with a clock that misses nothing, and looks at the state after each step.
 */
public final class Replay {

    /** Beyond any time of a recording; below any overflow when waits are added. */
    private static final long END_OF_TIME = Long.MAX_VALUE / 2;

    private final OrderDesk orders;
    private final SessionStore sessions;
    private final CallDesk calls;
    private final DueQueue due;
    private final CallRules rules;
    private final Timing timing;
    private long now = Long.MIN_VALUE;

    /** What became of a party event. */
    public enum Fate {
        /** It is a new fact of its call. */
        KEPT,
        /** Its body is greater than that of the event of the same identity, and counts instead. */
        REPLACES,
        /** The event of the same identity has a greater body, which goes on to count. */
        GIVES_WAY,
        DUPLICATE,
        /** Its session or call has as much as is kept. */
        LEFT_OUT,
        /** Its call was closed. */
        TOO_LATE
    }

    /**
     * What a party event led to.
     *
     * @param late whether it goes out on {@code party-events} as late
     */
    public record Step(Fate fate, boolean late, List<Emission> emissions) {}

    /**
     * A record that goes out on {@code calls}.
     *
     * @param time when, in receipt time, in milliseconds since the epoch
     * @param situation how the call stood then; null if it cannot be folded
     */
    public record Emission(
            long time,
            String accountId,
            String callId,
            long revision,
            CompletionReason reason,
            byte[] json,
            @Nullable Situation situation) {}

    /**
     * How a call stands.
     *
     * @param sessions the telephony session ids of those of its sessions that were seen
     * @param lastChange receipt of the latest notification that changed it
     * @param doubts what keeps it from being over beyond doubt
     * @param waits those that apply if it is not
     * @param longest the one of them that counts
     */
    public record Situation(
            Set<String> sessions, long lastChange, List<Doubt> doubts, List<Waits.Wait> waits, Waits.Wait longest) {}

    /** Begins with an empty state. */
    public Replay(CallRules rules, Timing timing, Limits limits) {
        this.rules = rules;
        this.timing = timing;
        orders = new OrderDesk(
                new EventOrders(new MemoryStore(StoreNames.EVENT_ORDERS)),
                new DueQueue(new MemoryStore(StoreNames.ORDER_DUE)),
                timing,
                rules.gapsCount(),
                limits);
        KeyValueStore<Bytes, byte[]> store = new MemoryStore(StoreNames.SESSIONS);
        sessions = new SessionStore(store);
        due = new DueQueue(new MemoryStore(StoreNames.CALL_DUE));
        calls = new CallDesk(
                sessions,
                new Emitter(
                        sessions,
                        new CallLedger(new MemoryStore(StoreNames.CALL_LEDGER)),
                        new WindowDesk(
                                new MemoryStore(StoreNames.WINDOWS),
                                Directory.NONE,
                                WindowOptions.NONE,
                                TopologyMetrics.unexported(),
                                Long.MIN_VALUE),
                        Directory.NONE,
                        rules,
                        limits.recordBytes()),
                new LiveCalls(sessions, store, rules, timing.liveInterval(), limits.recordBytes()),
                due,
                rules,
                timing,
                limits);
    }

    /**
     * Lets time run on.
     *
     * @param time in milliseconds since the epoch; one that is over already changes nothing
     * @return what falls due up to then, each at its own time
     */
    public List<Emission> passTo(long time) {
        now = Math.max(now, time);
        var unused = orders.workOffDue(now); // what a gap held up changes no call
        List<Emission> emissions = new ArrayList<>();
        while (due.workOff(
                now,
                Integer.MAX_VALUE - 1,
                entry -> emissions.addAll(emissions(calls.due(entry, entry.time()), entry.time())))) {
            // It has worked off as much as it does at once.
        }
        emissions.addAll(emissions(calls.liveCalls(now), now));
        return emissions;
    }

    /** Lets time run on until nothing waits any more. */
    public List<Emission> passToTheEnd() {
        return passTo(END_OF_TIME);
    }

    /**
     * Takes a party event that is received now; {@link #passTo} comes first.
     *
     * @return what became of it, and what goes out because of it
     */
    public Step accept(PartyEvent event) {
        OrderDesk.Acceptance acceptance = orders.accept(event, now);
        if (acceptance.isDuplicate()) {
            return new Step(Fate.DUPLICATE, false, List.of());
        }
        Session before = sessions.get(event.session()).session();
        HopMessage.Event message = new HopMessage.Event(0, event.session(), event.sequence(), now, event.body(), null);
        List<Stage2Output> out = calls.accept(event, message, now, now);
        boolean late = acceptance.released().stream().anyMatch(OrderDesk.Released::late);
        return new Step(fate(event, before, out), late, emissions(out, now));
    }

    private Fate fate(PartyEvent event, Session before, List<Stage2Output> out) {
        if (out.stream().anyMatch(Stage2Output.TooLate.class::isInstance)) {
            return Fate.TOO_LATE;
        }
        if (!before.isChangedBy(event)) {
            return before.events().stream().anyMatch(other -> other.body().equals(event.body()))
                    ? Fate.DUPLICATE
                    : Fate.GIVES_WAY;
        }
        if (sessions.get(event.session()).session().isChangedBy(event)) {
            return Fate.LEFT_OUT;
        }
        return before.hasPlaceOf(event) ? Fate.REPLACES : Fate.KEPT;
    }

    private List<Emission> emissions(List<Stage2Output> out, long time) {
        List<Emission> emissions = new ArrayList<>();
        Map<String, @Nullable Situation> situations = new HashMap<>();
        for (Stage2Output output : out) {
            if (output instanceof Stage2Output.CallEmission call) {
                Situation situation = situations.computeIfAbsent(
                        call.callId(), id -> situation(new SessionKey(call.accountId(), id)));
                emissions.add(new Emission(
                        time, call.accountId(), call.callId(), call.revision(), call.reason(), call.json(), situation));
            }
        }
        return emissions;
    }

    /** Of the call that a session is in now. */
    private @Nullable Situation situation(SessionKey key) {
        Joining.Component component = sessions.componentOf(key);
        List<SessionStore.Held> held = CallView.held(key.accountId(), component, sessions);
        try {
            CallView view = CallView.of(key.accountId(), held, component, sessions);
            Call call = view.call();
            Waits waits = timing.waits();
            return new Situation(
                    component.seen(),
                    view.lastChange(),
                    Completion.doubts(call, rules),
                    waits.applyingTo(call),
                    waits.of(call));
        } catch (RuntimeException failure) {
            // It cannot be folded, and its record says internalError.
            return null;
        }
    }
}

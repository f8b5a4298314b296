package io.callweave.bench.competitors.flink;

import io.callweave.bench.competitors.flink.CheckpointedCounts.Subtask;
import io.callweave.bench.dsl.DslCall;
import io.callweave.bench.dsl.DslFold;
import io.callweave.bench.dsl.DslNotification;
import io.callweave.bench.dsl.DslPartyEvent;
import io.callweave.bench.dsl.DslSession;
import io.callweave.bench.dsl.DslSession.Event;
import io.callweave.bench.dsl.JsonSerde;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.common.serialization.Serde;

/**
 * Collects the events of a session, and emits its call when the last status of each party is final, and again with each
 * later event. It forgets a session that has ended when the watermark has passed its last event by some time, so what it
 * knows depends on the input alone. Its records are those of the DSL.
 */
final class CallFunction extends CountedFunction<Tuple2<String, byte[]>> {

    static final OutputTag<Tuple2<String, byte[]>> EVENTS = new OutputTag<>("events", FlinkTypes.KEYED_JSON);
    static final OutputTag<FinishedCall> FINISHED = new OutputTag<>("finished", Types.POJO(FinishedCall.class));

    private static final long serialVersionUID = 1;

    private static final int DIGITS = 8;

    private final long keptMillis;

    private transient MapState<String, Event> events;
    /** When the last event came; null before the first end. */
    private transient ValueState<Long> lastAt;

    private transient Serde<DslNotification> notifications;
    private transient Serde<DslPartyEvent> partyEvents;
    private transient Serde<DslCall> calls;

    /** @param kept how long a session that has ended is kept after its last event */
    CallFunction(Duration kept) {
        keptMillis = kept.toMillis();
    }

    @Override
    Subtask register() {
        return CheckpointedCounts.ofCalls();
    }

    @Override
    public void open(OpenContext context) {
        events = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("events", Types.STRING, Types.POJO(Event.class)));
        lastAt = getRuntimeContext().getState(new ValueStateDescriptor<>("last-at", Types.LONG));
        notifications = JsonSerde.of(DslNotification.class);
        partyEvents = JsonSerde.of(DslPartyEvent.class);
        calls = JsonSerde.of(DslCall.class);
    }

    @Override
    public void processElement(Tuple2<String, byte[]> input, Context context, Collector<Tuple2<String, byte[]>> out)
            throws Exception {
        DslNotification notification = notifications.deserializer().deserialize("", input.f1);
        String session = context.getCurrentKey();
        boolean ends = false;
        boolean isNew = false;
        DslNotification.Body body = notification.body();
        for (DslNotification.Party party : body.parties()) {
            String key = key(body.sequence(), party.id());
            if (!events.contains(key)) {
                Event event = new Event(body.sequence(), body.eventTime(), party);
                events.put(key, event);
                isNew = true;
                ends |= DslSession.isFinal(party);
            }
        }
        if (isNew) {
            for (DslPartyEvent event : DslPartyEvent.of(notification)) {
                context.output(
                        EVENTS, Tuple2.of(session, partyEvents.serializer().serialize("", event)));
            }
            boolean hasEnded = lastAt.value() != null;
            if (hasEnded) {
                lastAt.update(context.timestamp());
            }
            if (ends || hasEnded) {
                emitIfOver(session, notification, context, out);
            }
        }
        counts().received();
    }

    /** Sorts by the sequence, as the keys of the DSL do. */
    static String key(long sequence, String party) {
        String digits = Long.toString(sequence);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + "/" + party;
    }

    /** Only an end can end a call; after it, anything new revises the call. */
    private void emitIfOver(
            String id, DslNotification notification, Context context, Collector<Tuple2<String, byte[]>> out)
            throws Exception {
        SortedMap<String, Event> sorted = new TreeMap<>();
        for (Map.Entry<String, Event> event : events.entries()) {
            sorted.put(event.getKey(), event.getValue());
        }
        DslSession session =
                new DslSession(id, notification.ownerId(), notification.body().originType(), sorted);
        if (!session.isOver()) {
            return;
        }
        DslCall call = DslFold.of(session);
        out.collect(Tuple2.of(id, calls.serializer().serialize("", call)));
        if (lastAt.value() == null) {
            lastAt.update(context.timestamp());
            context.output(FINISHED, FinishedCall.of(call));
            counts().pending(1);
            context.timerService().registerEventTimeTimer(context.timestamp() + keptMillis);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Tuple2<String, byte[]>> out) throws Exception {
        long end = lastAt.value() + keptMillis;
        if (time < end) {
            context.timerService().registerEventTimeTimer(end);
        } else {
            events.clear();
            lastAt.clear();
        }
    }
}

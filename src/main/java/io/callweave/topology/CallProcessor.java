package io.callweave.topology;

import io.callweave.notification.PartyEvents;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Stage 2, one account's events in one place: keeps the clock, and lets the {@link CallDesk} decide what goes out. */
final class CallProcessor implements Processor<byte[], HopMessage, String, CallEmission> {

    /** An exactly-once transaction times out, so what has fallen due is worked off in portions. */
    private static final int DUE_AT_ONCE = 1_000;

    private final TopologyConfig config;
    private ProcessorContext<String, CallEmission> context;
    private Watermark watermark;
    private DueQueue due;
    private CallDesk desk;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    CallProcessor(TopologyConfig config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<String, CallEmission> processorContext) {
        context = processorContext;
        watermark = new Watermark(store(StoreNames.CLOCK), context.currentSystemTimeMs());
        due = new DueQueue(store(StoreNames.DUE));
        desk = new CallDesk(
                new SessionStore(
                        store(StoreNames.PARTY_EVENTS), store(StoreNames.PEER_NAMES), store(StoreNames.SESSION_STATES)),
                new CallLedger(store(StoreNames.CALL_LEDGER)),
                due,
                config.rules(),
                config.waits());
        context.schedule(config.tick(), PunctuationType.WALL_CLOCK_TIME, time -> workOffDue());
    }

    @Override
    public void process(Record<byte[], HopMessage> hop) {
        HopMessage message = hop.value();
        if (message instanceof HopMessage.Mark mark) {
            watermark.mark(mark);
            workOffDue();
        } else if (message instanceof HopMessage.Event event) {
            watermark.observe(event.sourcePartition(), hop.timestamp());
            workOffDue();
            // Never earlier than the clock, or a due time could lie where nobody looks any more.
            long receivedAt = Math.max(hop.timestamp(), watermark.now());
            forward(desk.accept(PartyEvents.fromBody(event.session(), event.sequence(), event.body()), receivedAt));
        }
    }

    @Override
    public void close() {
        config.metrics().forget(context.taskId().partition());
    }

    private void workOffDue() {
        long now = watermark.now();
        config.metrics().clock(context.taskId().partition(), now);
        List<DueQueue.Due> entries = due.take(now, DUE_AT_ONCE);
        for (DueQueue.Due entry : entries) {
            forward(desk.due(entry, now));
        }
        if (entries.size() < DUE_AT_ONCE) {
            config.listener().caughtUp(context.taskId().partition(), now);
        }
    }

    private void forward(List<CallEmission> emissions) {
        for (CallEmission emission : emissions) {
            // The wall time of emission: with the input's, records of a replay would be deleted as they are written.
            long wallTime = context.currentSystemTimeMs();
            context.forward(new Record<>(emission.key(), emission, wallTime, headers(emission)));
            config.metrics().emitted(emission.status(), emission.reason(), emission.lastReceivedAt(), wallTime);
        }
    }

    private RecordHeaders headers(CallEmission emission) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(Headers.SCHEMA_VERSION, "1"));
        headers.add(Headers.text(Headers.COMPLETION_REASON, emission.reason().wireName()));
        headers.add(Headers.time(Headers.LAST_RECEIVED_AT, emission.lastReceivedAt()));
        headers.add(Headers.text(Headers.EPOCH, Long.toString(watermark.epoch())));
        return headers;
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
        return context.getStateStore(name);
    }

    /** Makes the processors of all tasks, and brings their stores. */
    record Supplier(TopologyConfig config) implements ProcessorSupplier<byte[], HopMessage, String, CallEmission> {

        @Override
        public Processor<byte[], HopMessage, String, CallEmission> get() {
            return new CallProcessor(config);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StoreNames.stage2();
        }
    }
}

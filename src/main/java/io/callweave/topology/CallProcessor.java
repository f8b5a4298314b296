package io.callweave.topology;

import io.callweave.call.CallRecord;
import io.callweave.call.CompletionReason;
import io.callweave.call.Incomplete;
import io.callweave.call.PartyEvent;
import io.callweave.notification.PartyEvents;
import io.callweave.notification.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Stage 2, one account's events in one place: keeps the clock, and lets the {@link CallDesk} decide what goes out. */
final class CallProcessor implements Processor<byte[], Stage1Output, byte[], Stage2Output> {

    /** An exactly-once transaction times out, so what has fallen due is worked off in portions. */
    private static final int DUE_AT_ONCE = 1_000;

    private final TopologyConfig config;
    private final TopologyMetrics metrics;
    private ProcessorContext<byte[], Stage2Output> context;
    private Watermark watermark;
    private DueQueue due;
    private CallDesk desk;
    private LiveCalls live;
    private WindowDesk windows;
    private Header epoch;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    CallProcessor(TopologyConfig config) {
        this.config = config;
        this.metrics = config.metrics();
    }

    @Override
    public void init(ProcessorContext<byte[], Stage2Output> processorContext) {
        context = processorContext;
        epoch = Headers.text(
                Headers.EPOCH, Long.toString(Epoch.of(store(StoreNames.SESSIONS), context.currentSystemTimeMs())));
        watermark = new Watermark(store(StoreNames.SESSIONS));
        due = new DueQueue(store(StoreNames.CALL_DUE));
        SessionStore sessions = new SessionStore(store(StoreNames.SESSIONS));
        Limits limits = config.limits();
        live = new LiveCalls(
                sessions,
                store(StoreNames.SESSIONS),
                config.rules(),
                config.timing().liveInterval(),
                limits.recordBytes());
        Directory directory = directory();
        windows = new WindowDesk(
                store(StoreNames.WINDOWS),
                directory,
                config.windows(),
                metrics,
                config.clock().recorded() ? Long.MIN_VALUE : context.currentSystemTimeMs());
        desk = new CallDesk(
                sessions,
                new Emitter(
                        sessions,
                        new CallLedger(store(StoreNames.CALL_LEDGER)),
                        windows,
                        directory,
                        config.rules(),
                        limits.recordBytes()),
                live,
                due,
                config.rules(),
                config.timing(),
                limits);
        context.schedule(config.clock().tick(), PunctuationType.WALL_CLOCK_TIME, time -> {
            workOffDue();
            metrics.live(context.taskId().partition(), live.liveSessions(), live.calls());
            metrics.windowsHeld(context.taskId().partition(), windows.heldBack());
        });
    }

    @Override
    public void process(Record<byte[], Stage1Output> hop) {
        Stage1Output message = hop.value();
        if (message instanceof HopMessage.Mark mark) {
            watermark.mark(mark);
            workOffDue();
        } else if (message instanceof HopMessage.Event event) {
            watermark.observe(event.sourcePartition(), event.receivedAt());
            workOffDue();
            // Never earlier than the clock, or a due time could lie where nobody looks any more.
            long receivedAt = Math.max(event.receivedAt(), watermark.now());
            PartyEvent partyEvent = PartyEvents.fromBody(desk.known(event.session()), event.sequence(), event.body());
            forward(desk.accept(partyEvent, event, receivedAt, liveTime(receivedAt)));
            forward(windows.changed(receivedAt, liveTime(receivedAt)));
        }
    }

    @Override
    public void close() {
        metrics.forget(context.taskId().partition());
    }

    private void workOffDue() {
        long now = watermark.now();
        metrics.clock(context.taskId().partition(), now);
        if (now == Long.MIN_VALUE) {
            return;
        }
        boolean more = due.workOff(now, DUE_AT_ONCE, entry -> {
            // Before anything is done by the time.
            watermark.keep();
            forward(desk.due(entry, liveTime(entry.time())));
            forward(windows.changed(entry.time(), liveTime(entry.time())));
        });
        forward(desk.liveCalls(liveTime(now)));
        // A live call that cannot be folded is finished with what is known of it.
        forward(windows.changed(now, liveTime(now)));
        forward(windows.ready(liveTime(now)));
        windows.forgetOld(now);
        if (!more && !windows.hasReady(liveTime(now))) {
            config.listener().caughtUp(context.taskId().partition(), now);
        }
    }

    /** What spaces out live calls is the reader's time; in a recording, the recorded one. */
    private long liveTime(long receivedAt) {
        return config.clock().recorded() ? receivedAt : context.currentSystemTimeMs();
    }

    private void forward(List<Stage2Output> outputs) {
        for (Stage2Output output : outputs) {
            if (output instanceof Stage2Output.TooLate tooLate) {
                metrics.rejected(RejectReason.TOO_LATE);
                context.forward(deadLetter(tooLate), CallweaveTopology.TOO_LATE);
            } else if (output instanceof Stage2Output.CallEmission call) {
                forward(
                        CallweaveTopology.FINISHED,
                        Stage2Output.callKey(call.accountId(), call.callId()),
                        call,
                        call.reason());
                count(call);
            } else if (output instanceof Stage2Output.LiveUpdate live) {
                forward(CallweaveTopology.LIVE, Stage2Output.callKey(live.accountId(), live.callId()), live, null);
            } else if (output instanceof Stage2Output.PartyRow row) {
                forward(CallweaveTopology.ROWS, row.key(), row, row.reason());
            } else if (output instanceof Stage2Output.WindowUpdate update) {
                forward(CallweaveTopology.WINDOWS, update.key(), update, null);
                metrics.windowUpdated(update.window().scope());
            }
        }
    }

    private void count(Stage2Output.CallEmission emission) {
        CallRecord call = emission.call();
        TopologyMetrics.Emitted status = call == null
                ? TopologyMetrics.Emitted.SUPERSEDED
                : call.state() == CallRecord.State.COMPLETE
                        ? TopologyMetrics.Emitted.COMPLETE
                        : TopologyMetrics.Emitted.PARTIAL;
        metrics.emitted(status, emission.reason(), emission.lastReceivedAt(), context.currentSystemTimeMs());
        if (call != null && call.incomplete().contains(Incomplete.CAPPED)) {
            metrics.capped();
        }
    }

    private void forward(String child, String key, Stage2Output output, @Nullable CompletionReason reason) {
        RecordHeaders headers = Headers.ofOutput(output.lastReceivedAt(), epoch);
        if (reason != null) {
            headers.add(Headers.text(Headers.COMPLETION_REASON, reason.wireName()));
        }
        // The wall time of emission: with the input's, records of a replay would be deleted as they are written.
        context.forward(
                new Record<>(key.getBytes(StandardCharsets.UTF_8), output, context.currentSystemTimeMs(), headers),
                child);
    }

    private Record<byte[], DeadLetter> deadLetter(Stage2Output.TooLate tooLate) {
        HopMessage.Event event = tooLate.event();
        HopMessage.Original original = event.original();
        byte[] session = event.session().telephonySessionId().getBytes(StandardCharsets.UTF_8);
        return DeadLetters.of(
                original == null || original.key() == null ? session : original.key(),
                original == null ? event.body().getBytes(StandardCharsets.UTF_8) : original.value(),
                RejectReason.TOO_LATE,
                "Its call was closed: nothing had changed it for the late window.",
                original == null ? "by-account" : original.source(),
                context.currentSystemTimeMs());
    }

    private Directory directory() {
        if (!config.directory()) {
            return Directory.NONE;
        }
        DirectoryStore directory = context.getStateStore(DirectoryStore.NAME);
        return directory;
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
        return context.getStateStore(name);
    }

    /** Makes the processors of all tasks, and brings their stores. */
    record Supplier(TopologyConfig config) implements ProcessorSupplier<byte[], Stage1Output, byte[], Stage2Output> {

        @Override
        public Processor<byte[], Stage1Output, byte[], Stage2Output> get() {
            return new CallProcessor(config);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StoreNames.stage2();
        }
    }
}

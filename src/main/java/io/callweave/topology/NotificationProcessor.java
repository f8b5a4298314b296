package io.callweave.topology;

import io.callweave.call.PartyEvent;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.Reading;
import io.callweave.notification.Rejection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Stage 1, per telephony session: reads notifications, drops duplicates, orders, keeps the clock of its partition. */
final class NotificationProcessor implements Processor<byte[], byte[], byte[], Stage1Output> {

    private static final byte[] NO_KEY = {};

    private final TopologyConfig config;
    private final TopologyMetrics metrics;
    private final NotificationReader reader;
    private ProcessorContext<byte[], Stage1Output> context;
    private OrderDesk desk;
    private TopicPartition source;
    private Header epoch;
    private long lastOffset;
    private long time;
    private long marked;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    NotificationProcessor(TopologyConfig config) {
        this.config = config;
        this.metrics = config.metrics();
        this.reader = new NotificationReader(config.maxNotificationBytes());
    }

    @Override
    public void init(ProcessorContext<byte[], Stage1Output> processorContext) {
        context = processorContext;
        desk = new OrderDesk(
                new EventOrders(store(StoreNames.EVENT_ORDERS)),
                new DueQueue(store(StoreNames.ORDER_DUE)),
                config.timing(),
                config.rules().gapsCount(),
                config.limits());
        epoch = Headers.text(
                Headers.EPOCH, Long.toString(Epoch.of(store(StoreNames.EVENT_ORDERS), context.currentSystemTimeMs())));
        source = new TopicPartition(
                Topic.NOTIFICATIONS.name(config.topicPrefix()), context.taskId().partition());
        config.clock().readAhead().started(source);
        lastOffset = -1;
        time = Long.MIN_VALUE;
        marked = Long.MIN_VALUE;
        context.schedule(config.clock().tick(), PunctuationType.WALL_CLOCK_TIME, wallTime -> mark());
    }

    @Override
    public void process(Record<byte[], byte[]> notification) {
        time = Math.max(time, ReceiptTime.of(notification));
        if (marked == Long.MIN_VALUE) {
            // Else stage 2 would have no clock before the first tick, and a wait that ends before it would end too
            // late.
            sendMark();
        }
        workOffDue();
        byte[] value = notification.value() == null ? new byte[0] : notification.value();
        Reading reading = reader.read(value);
        metrics.read();
        if (reading instanceof Reading.Skipped skipped) {
            metrics.skipped(skipped.kind());
        }
        for (PartyEvent event : reading.events()) {
            accept(event, notification, value);
        }
        Rejection rejection = reading.rejection();
        if (rejection != null) {
            metrics.rejected(rejection.reason());
            context.forward(
                    DeadLetters.of(
                            notification.key(),
                            value,
                            rejection.reason(),
                            rejection.detail(),
                            source(notification),
                            context.currentSystemTimeMs()),
                    CallweaveTopology.REJECTED);
        }
        context.recordMetadata().ifPresent(metadata -> lastOffset = metadata.offset());
    }

    private void accept(PartyEvent event, Record<byte[], byte[]> notification, byte[] value) {
        OrderDesk.Acceptance acceptance = desk.accept(event, time);
        if (acceptance.isDuplicate()) {
            metrics.duplicate();
            return;
        }
        metrics.accepted(event.facts());
        HopMessage.Original original = acceptance.mayBeTooLate()
                ? new HopMessage.Original(notification.key(), value, source(notification))
                : null;
        Stage1Output message = new HopMessage.Event(
                source.partition(), event.session(), event.sequence(), time, event.body(), original);
        context.forward(new Record<>(NO_KEY, message, context.currentSystemTimeMs()), CallweaveTopology.MESSAGES);
        give(acceptance.released());
    }

    private void give(List<OrderDesk.Released> events) {
        for (OrderDesk.Released event : events) {
            if (event.afterGap()) {
                metrics.gapGivenUp();
            }
            if (event.late()) {
                metrics.late();
            }
            context.forward(
                    new Record<>(
                            event.key(),
                            new OrderedEvent(event.json()),
                            context.currentSystemTimeMs(),
                            Headers.ofOutput(event.receivedAt(), epoch)),
                    CallweaveTopology.ORDERED);
        }
    }

    /** Where the sender says it is from, else where it lies. */
    private String source(Record<byte[], byte[]> notification) {
        String sent = Headers.text(notification.headers(), Headers.SOURCE);
        if (sent != null) {
            return sent;
        }
        return source + "@"
                + context.recordMetadata().map(RecordMetadata::offset).orElse(-1L);
    }

    /** Tells stage 2 how far this partition is; where nothing is left to read, time runs on by itself. */
    private void mark() {
        time = Math.max(
                time, config.clock().readAhead().drainedAt(source, lastOffset).orElse(time));
        workOffDue();
        if (time > marked) {
            sendMark();
        }
    }

    private void sendMark() {
        marked = time;
        Stage1Output mark = new HopMessage.Mark(source.partition(), config.sourcePartitions(), time);
        context.forward(new Record<>(NO_KEY, mark, context.currentSystemTimeMs()), CallweaveTopology.MESSAGES);
    }

    private void workOffDue() {
        give(desk.workOffDue(time));
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
        return context.getStateStore(name);
    }

    /** Makes the processors of all tasks, and brings their stores. */
    record Supplier(TopologyConfig config) implements ProcessorSupplier<byte[], byte[], byte[], Stage1Output> {

        @Override
        public Processor<byte[], byte[], byte[], Stage1Output> get() {
            return new NotificationProcessor(config);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StoreNames.stage1();
        }
    }
}

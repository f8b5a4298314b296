package io.callweave.topology;

import io.callweave.call.PartyEvent;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.Reading;
import io.callweave.notification.Rejection;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Stage 1, per telephony session: reads notifications, drops duplicates, keeps the clock of its partition. */
final class NotificationProcessor implements Processor<byte[], byte[], byte[], Stage1Output> {

    private final TopologyConfig config;
    private final TopologyMetrics metrics;
    private final NotificationReader reader;
    private ProcessorContext<byte[], Stage1Output> context;
    private SeenEvents seen;
    private TopicPartition source;
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
        seen = new SeenEvents(context.getStateStore(StoreNames.SEEN_EVENTS));
        source = new TopicPartition(
                Topic.NOTIFICATIONS.name(config.topicPrefix()), context.taskId().partition());
        lastOffset = -1;
        time = Long.MIN_VALUE;
        marked = Long.MIN_VALUE;
        context.schedule(config.tick(), PunctuationType.WALL_CLOCK_TIME, wallTime -> mark());
    }

    @Override
    public void process(Record<byte[], byte[]> notification) {
        RecordMetadata metadata = context.recordMetadata().orElse(null);
        time = Math.max(time, notification.timestamp());
        byte[] value = notification.value() == null ? new byte[0] : notification.value();
        Reading reading = reader.read(value);
        metrics.read();
        if (reading instanceof Reading.Skipped skipped) {
            metrics.skipped(skipped.kind());
        }
        for (PartyEvent event : reading.events()) {
            if (!seen.add(event)) {
                metrics.duplicate();
            } else {
                metrics.accepted(event.facts());
                Stage1Output out =
                        new HopMessage.Event(source.partition(), event.session(), event.sequence(), event.body());
                context.forward(new Record<>(new byte[0], out, time));
            }
        }
        Rejection rejection = reading.rejection();
        if (rejection != null) {
            metrics.rejected(rejection.reason());
            context.forward(deadLetter(notification, value, rejection, metadata));
        }
        if (metadata != null) {
            lastOffset = metadata.offset();
        }
    }

    private Record<byte[], Stage1Output> deadLetter(
            Record<byte[], byte[]> notification, byte[] value, Rejection rejection, @Nullable RecordMetadata metadata) {
        long wallTime = context.currentSystemTimeMs();
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(Headers.REASON, rejection.reason().wireName()));
        headers.add(Headers.text(Headers.DETAIL, rejection.detail()));
        headers.add(Headers.text(Headers.SOURCE, source(notification, metadata)));
        headers.add(Headers.time(Headers.REJECTED_AT, wallTime));
        return new Record<>(notification.key(), new DeadLetter(value), wallTime, headers);
    }

    /** Where the sender says it is from, else where it lies. */
    private String source(Record<byte[], byte[]> notification, @Nullable RecordMetadata metadata) {
        String sent = Headers.text(notification.headers(), Headers.SOURCE);
        if (sent != null) {
            return sent;
        }
        return metadata == null ? source.toString() : source + "@" + metadata.offset();
    }

    /** Tells stage 2 how far this partition is; where nothing is left to read, time runs on by itself. */
    private void mark() {
        if (config.readAhead().isDrained(source, lastOffset)) {
            time = Math.max(time, config.idleClock().getAsLong());
        }
        if (time > marked) {
            marked = time;
            Stage1Output mark = new HopMessage.Mark(source.partition(), config.sourcePartitions(), time);
            // The idle clock may be far ahead, and brokers refuse records from the future.
            context.forward(new Record<>(new byte[0], mark, Math.min(time, context.currentSystemTimeMs())));
        }
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

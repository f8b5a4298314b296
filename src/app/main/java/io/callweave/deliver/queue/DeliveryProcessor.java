package io.callweave.deliver.queue;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.topics.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task in Kafka Streams: reads records into its queue, and works whenever its thread has time. */
final class DeliveryProcessor implements Processor<String, byte[], String, byte[]> {

    private static final Duration WORK_EVERY = Duration.ofMillis(20);
    private static final Duration SHOW_EVERY = Duration.ofSeconds(1);
    private static final Duration CLEAN_EVERY = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Set<EventType> LIVE = Set.of(EventType.CALL_STARTED, EventType.CALL_ANSWERED);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryProcessor.class);

    private final DeliverServices services;
    private final DeliverTopics topics;
    private @Nullable Opened opened;

    /** What there is between init and close. */
    private record Opened(
            ProcessorContext<String, byte[]> context,
            DeliveryStage stage,
            DeliveryQueue queue,
            LiveCallStates live,
            int partition,
            List<Cancellable> timers) {}

    /**
     * Works again some time after its end, and not after its begin: a task with much to do would else be at work all the time, and
     * its thread would read one record between two rounds.
     */
    private static final class Work implements Cancellable {

        private final ProcessorContext<String, byte[]> context;
        private final Runnable round;
        private Cancellable timer;

        Work(ProcessorContext<String, byte[]> context, Runnable round) {
            this.context = context;
            this.round = round;
            timer = schedule();
        }

        private Cancellable schedule() {
            return context.schedule(WORK_EVERY, PunctuationType.WALL_CLOCK_TIME, time -> {
                round.run();
                timer.cancel();
                timer = schedule();
            });
        }

        @Override
        public void cancel() {
            timer.cancel();
        }
    }

    DeliveryProcessor(DeliverServices services, DeliverTopics topics) {
        this.services = services;
        this.topics = topics;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        int partition = context.taskId().partition();
        KeyValueStore<Bytes, byte[]> deliveries = context.getStateStore(DeliverTopology.DELIVERIES);
        KeyValueStore<Bytes, byte[]> due = context.getStateStore(DeliverTopology.DUE);
        KeyValueStore<String, byte[]> failing = context.getStateStore(DeliverTopology.FAILING);
        KeyValueStore<String, byte[]> live = context.getStateStore(DeliverTopology.LIVE);
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        DeliveryQueue queue = new DeliveryQueue(deliveries, due);
        DeliveryStage stage = new DeliveryStage(
                queue,
                new Failing(failing),
                () -> services.subscriptions().of(subscriptions),
                delivery -> services.committed()
                        .isCommitted(
                                new TopicPartition(delivery.origin().topic(), partition),
                                delivery.origin().offset()),
                services.committed()::changes,
                services.posts(),
                new ForwardedOutputs(context, services),
                services.rules(),
                services.clock());
        services.committed()
                .assigned(List.of(
                        new TopicPartition(topics.calls(), partition),
                        new TopicPartition(topics.liveCalls(), partition),
                        new TopicPartition(topics.partyEvents(), partition),
                        new TopicPartition(topics.requests(), partition)));
        LiveCallStates states = new LiveCallStates(live);
        List<Cancellable> timers = List.of(
                new Work(context, stage::work),
                context.schedule(SHOW_EVERY, PunctuationType.WALL_CLOCK_TIME, time -> {
                    stage.expire();
                    services.activity().waits(context.taskId().toString(), queue.backlogs());
                }),
                context.schedule(CLEAN_EVERY, PunctuationType.WALL_CLOCK_TIME, states::clean));
        opened = new Opened(context, stage, queue, states, partition, timers);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Opened now = opened;
        if (now == null || record.key() == null) {
            services.activity().unreadable();
            return;
        }
        RecordMetadata place = now.context.recordMetadata().orElseThrow();
        try {
            read(now, place.topic(), record, new QueuedWebhook.Origin(place.topic(), place.offset()));
        } catch (IOException e) {
            services.activity().unreadable();
            LOG.atWarn()
                    .setMessage("A record cannot be read, and is not delivered.")
                    .addKeyValue("topic", place.topic())
                    .addKeyValue("partition", place.partition())
                    .addKeyValue("offset", place.offset())
                    .log();
        }
    }

    private void read(Opened now, String topic, Record<String, byte[]> record, QueuedWebhook.Origin origin)
            throws IOException {
        DeliveryStage stage = now.stage;
        byte[] value = record.value();
        if (topic.equals(topics.requests())) {
            if (value != null) {
                Occurrence occurrence = DeliveryHeaders.read(record.key(), record.headers(), value);
                String subscription = OccurrenceReader.header(record.headers(), DeliveryHeaders.SUBSCRIPTION);
                stage.enqueue(subscription, occurrence, origin);
            }
            return;
        }
        if (topic.equals(topics.liveCalls()) && value == null) {
            if (isLiveWanted(stage, record)) {
                now.live.ended(record.key(), services.clock().millis());
            }
            return;
        }
        if (value == null) {
            return;
        }
        // Most records of a first start, and those that nobody wants, are not even parsed.
        if (topic.equals(topics.calls())) {
            boolean live = isLiveWanted(stage, record);
            if (live || isWanted(stage, record, EventType.RECORDS)) {
                OccurrenceReader.Read read =
                        OccurrenceReader.call(record.key(), value, record.timestamp(), record.headers());
                if (live && read.occurrence().version().revision() == 1) {
                    now.live.recorded(record.key(), services.clock().millis());
                }
                stage.take(read.occurrence(), read.tree(), origin);
            }
        } else if (topic.equals(topics.liveCalls())) {
            if (isLiveWanted(stage, record)) {
                OccurrenceReader.Read read =
                        OccurrenceReader.live(record.key(), value, record.timestamp(), record.headers());
                boolean answered = read.occurrence().type() == EventType.CALL_ANSWERED;
                if (now.live.isNew(record.key(), answered, services.clock().millis(), origin.offset())) {
                    stage.take(read.occurrence(), read.tree(), origin);
                }
            }
        } else if (isWanted(stage, record, Set.of(EventType.PARTY_STATUS))) {
            OccurrenceReader.Read read = OccurrenceReader.party(value, record.timestamp(), record.headers());
            stage.take(read.occurrence(), read.tree(), origin);
        }
    }

    private static boolean isLiveWanted(DeliveryStage stage, Record<String, byte[]> record) {
        return isWanted(stage, record, LIVE);
    }

    private static boolean isWanted(DeliveryStage stage, Record<String, byte[]> record, Set<EventType> types) {
        String account = Headers.text(record.headers(), Headers.ACCOUNT);
        return account != null
                && !stage.interested(account, record.timestamp(), types).isEmpty();
    }

    /**
     * Waits for the posts that run, so that the next owner of this queue posts nothing beside them. What ended is posted once
     * more: the stores are closed by now.
     */
    @Override
    public void close() {
        Opened last = opened;
        opened = null;
        if (last == null) {
            return;
        }
        // Kafka Streams can use the task again, and keeps its timers: this stage would post beside the next one.
        last.timers.forEach(Cancellable::cancel);
        services.activity().closed(last.context.taskId().toString());
        last.stage.close();
        long end = System.nanoTime() + services.closeTimeout().toNanos();
        while (last.stage.isPosting() && System.nanoTime() < end) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

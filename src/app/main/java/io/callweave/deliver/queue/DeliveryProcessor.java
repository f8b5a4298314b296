package io.callweave.deliver.queue;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.activity.Backlog;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.topics.Headers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Of a round's time, for what has waited. */
    private static final Duration LONGEST_INTAKE = Duration.ofMillis(10);

    /** Of a round of a task that has nothing to do. */
    private static final Duration SHORT = Duration.ofMillis(2);

    /** For each busy task of a thread. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private static final Set<EventType> LIVE = Set.of(EventType.CALL_STARTED, EventType.CALL_ANSWERED);
    private static final Set<EventType> ALL = Set.of(EventType.values());
    private static final Set<EventType> PARTY = Set.of(EventType.PARTY_STATUS);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryProcessor.class);

    private final DeliverServices services;
    private final DeliverTopics topics;
    private @Nullable Opened opened;

    /** What there is between init and close. */
    private record Opened(
            ProcessorContext<String, byte[]> context,
            DeliveryStage stage,
            RecordIntake intake,
            List<Cancellable> timers) {}

    /**
     * Works again some time after its end, and not after its begin. Half of a thread's time is for reading, however much its tasks
     * have to do: what others have sent would else be read later and later.
     */
    private final class Work implements Cancellable {

        private final ProcessorContext<String, byte[]> context;
        private final Consumer<Duration> round;
        private int sharing = 1;
        private Cancellable timer;

        Work(ProcessorContext<String, byte[]> context, Consumer<Duration> round) {
            this.context = context;
            this.round = round;
            timer = schedule(WORK_EVERY);
        }

        private Cancellable schedule(Duration pause) {
            return context.schedule(pause, PunctuationType.WALL_CLOCK_TIME, time -> {
                Instant begin = services.clock().instant();
                round.accept(LONGEST_INTAKE.dividedBy(sharing));
                Duration took = Duration.between(begin, services.clock().instant());
                sharing = services.busy().sharing(this, took.compareTo(SHORT) > 0);
                timer.cancel();
                timer = schedule(pause(took));
            });
        }

        private Duration pause(Duration took) {
            Duration pause = took.multipliedBy(2L * sharing - 1);
            if (pause.compareTo(WORK_EVERY) < 0) {
                return WORK_EVERY;
            }
            Duration most = LONGEST_PAUSE.multipliedBy(sharing);
            return pause.compareTo(most) < 0 ? pause : most;
        }

        @Override
        public void cancel() {
            timer.cancel();
            services.busy().sharing(this, false);
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
        KeyValueStore<String, byte[]> failing = context.getStateStore(DeliverTopology.FAILING);
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        DeliveryQueue queue = new DeliveryQueue(deliveries);
        Predicate<QueuedWebhook.Origin> isCommitted = origin ->
                services.committed().isCommitted(new TopicPartition(origin.topic(), partition), origin.offset());
        // The first record of a call ends its live events.
        Arrivals arrivals = new Arrivals(
                deliveries,
                Set.of(topics.calls(), topics.liveCalls()),
                services.changelog().of(partition));
        DeliveryStage stage = new DeliveryStage(
                queue,
                new Failing(failing),
                () -> services.subscriptions().of(subscriptions),
                delivery -> isCommitted.test(delivery.origin())
                        && arrivals.isSettled(delivery.occurrence().account(), delivery.origin()),
                () -> services.committed().changes() + arrivals.changes(),
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
        LiveCallStates states = new LiveCallStates(deliveries);
        RecordIntake intake = new RecordIntake(
                arrivals,
                isCommitted,
                (arrival, after, most) -> read(stage, states, arrival, partition, after, most),
                services.clock());
        Work work = new Work(context, most -> {
            intake.work(most);
            stage.work();
            states.clean(services.clock().millis());
        });
        List<Cancellable> timers = List.of(work, context.schedule(SHOW_EVERY, PunctuationType.WALL_CLOCK_TIME, time -> {
            stage.expire();
            services.activity()
                    .waits(
                            context.taskId().toString(),
                            backlogs(
                                    queue,
                                    arrivals,
                                    services.subscriptions().of(subscriptions).values()));
        }));
        opened = new Opened(context, stage, intake, timers);
    }

    /** What waits for each endpoint: webhooks, and records that can become some. */
    private Map<String, Backlog> backlogs(
            DeliveryQueue queue, Arrivals arrivals, Collection<WebhookSubscription> subscriptions) {
        Map<String, Backlog> backlogs = queue.backlogs();
        long now = services.clock().millis();
        arrivals.waiting().forEach((topic, accounts) -> {
            long all = accounts.values().stream().mapToLong(each -> each).sum();
            Set<EventType> types = types(topic);
            for (WebhookSubscription each : subscriptions) {
                long records = each.account().equals(WebhookSubscription.EVERY_ACCOUNT)
                        ? all
                        : accounts.getOrDefault(each.account(), 0L);
                if (records > 0 && each.state().collects() && !Collections.disjoint(types, each.events())) {
                    backlogs.merge(each.id(), new Backlog(records, now), Backlog::plus);
                }
            }
        });
        return backlogs;
    }

    /** What the records of a topic are told as. */
    private Set<EventType> types(String topic) {
        if (topic.equals(topics.requests())) {
            return ALL;
        }
        if (topic.equals(topics.calls())) {
            return EventType.RECORDS;
        }
        return topic.equals(topics.liveCalls()) ? LIVE : PARTY;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Opened now = opened;
        if (now == null || record.key() == null) {
            services.activity().unreadable();
            return;
        }
        RecordMetadata place = now.context.recordMetadata().orElseThrow();
        QueuedWebhook.Origin origin = new QueuedWebhook.Origin(place.topic(), place.offset());
        String account = Headers.text(record.headers(), Headers.ACCOUNT);
        boolean isRequest = place.topic().equals(topics.requests());
        // Most records of a first start, and those that nobody wants, are not even parsed.
        if (isRequest
                ? record.value() == null
                : account == null || !isWanted(now.stage, place.topic(), account, record)) {
            return;
        }
        ArrivedRecord arrival = new ArrivedRecord(
                account == null ? "" : account,
                origin,
                record.key(),
                record.timestamp(),
                record.headers(),
                record.value());
        if (isRequest && arrival.account().isEmpty()) {
            // A test: somebody waits for it.
            request(now.stage, arrival, place.partition());
        } else {
            now.intake.take(arrival);
        }
    }

    /** Somebody asked for it. */
    private void request(DeliveryStage stage, ArrivedRecord arrival, int partition) {
        try {
            Occurrence occurrence =
                    DeliveryHeaders.read(arrival.key(), arrival.headers(), Objects.requireNonNull(arrival.value()));
            String subscription = OccurrenceReader.header(arrival.headers(), DeliveryHeaders.SUBSCRIPTION);
            stage.enqueue(subscription, occurrence, arrival.origin());
        } catch (IOException e) {
            unreadable(arrival.origin(), partition);
        }
    }

    private boolean isWanted(DeliveryStage stage, String topic, String account, Record<String, byte[]> record) {
        if (topic.equals(topics.liveCalls())) {
            return isWanted(stage, account, record.timestamp(), LIVE);
        }
        if (record.value() == null) {
            return false;
        }
        return topic.equals(topics.calls())
                ? isWanted(stage, account, record.timestamp(), LIVE)
                        || isWanted(stage, account, record.timestamp(), EventType.RECORDS)
                : isWanted(stage, account, record.timestamp(), PARTY);
    }

    private static boolean isWanted(DeliveryStage stage, String account, long time, Set<EventType> types) {
        return !stage.interested(account, time, types).isEmpty();
    }

    private RecordIntake.Made read(
            DeliveryStage stage, LiveCallStates states, ArrivedRecord arrival, int partition, String after, int most) {
        if (arrival.origin().topic().equals(topics.requests())) {
            request(stage, arrival, partition);
            return new RecordIntake.Made(1, 0, null);
        }
        try {
            OccurrenceReader.Read read = occurrence(stage, states, arrival);
            if (read != null) {
                return stage.take(read.occurrence(), read.tree(), arrival.origin(), after, most);
            }
        } catch (IOException e) {
            unreadable(arrival.origin(), partition);
        }
        return new RecordIntake.Made(0, 0, null);
    }

    /** What it tells; null if nothing that was not told. */
    private OccurrenceReader.@Nullable Read occurrence(
            DeliveryStage stage, LiveCallStates states, ArrivedRecord arrival) throws IOException {
        String topic = arrival.origin().topic();
        byte[] value = arrival.value();
        long now = services.clock().millis();
        if (value == null) {
            states.ended(arrival.key(), now);
            return null;
        }
        if (topic.equals(topics.calls())) {
            OccurrenceReader.Read read =
                    OccurrenceReader.call(arrival.key(), value, arrival.timestamp(), arrival.headers());
            if (read.occurrence().version().revision() == 1
                    && isWanted(stage, arrival.account(), arrival.timestamp(), LIVE)) {
                states.recorded(arrival.key(), now);
            }
            return read;
        }
        if (topic.equals(topics.liveCalls())) {
            OccurrenceReader.Read read =
                    OccurrenceReader.live(arrival.key(), value, arrival.timestamp(), arrival.headers());
            boolean answered = read.occurrence().type() == EventType.CALL_ANSWERED;
            return states.isNew(arrival.key(), answered, now, arrival.origin().offset()) ? read : null;
        }
        return OccurrenceReader.party(value, arrival.timestamp(), arrival.headers());
    }

    private void unreadable(QueuedWebhook.Origin origin, int partition) {
        services.activity().unreadable();
        LOG.atWarn()
                .setMessage("A record cannot be read, and is not delivered.")
                .addKeyValue("topic", origin.topic())
                .addKeyValue("partition", partition)
                .addKeyValue("offset", origin.offset())
                .log();
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

package io.callweave.topology;

import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.notification.Rejection;
import io.callweave.notification.RoutingResult;
import io.callweave.topics.Headers;
import io.callweave.topics.HomePartition;
import io.callweave.topics.Topic;
import io.callweave.topology.fairness.ThreadTime;
import io.callweave.topology.message.DeadLetters;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.CommitSchedule;
import io.callweave.topology.time.MarkSchedule;
import io.callweave.topology.time.ReceiptTimestampExtractor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Finds the account of each notification, without reading what our bridge wrote, and sends the notification, as it is, to the home partition of that account: to the
 * stage of its own task if that is there and the hop is to be skipped, else over the repartition topic. Of the two ways, everything between a source and a
 * home partition takes the same one, so nothing overtakes. Keeps the clock of its partition, and no other state.
 */
final class NotificationRouter implements Processor<byte[], byte[], byte[], RouterOutput> {

    /** Records without a key are dropped before they reach a repartition topic; the account is in the value. */
    private static final byte[] NO_KEY = {};

    /** How long a gap that is over may go unnoticed, while the stream is idle. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final TopologyConfig config;
    private final CommitSchedule commits;
    private final TopologyMetrics metrics;
    private final int maxBytes;
    private final NotificationKeyer keyer;
    private final NotificationReader reader;
    private final List<Cancellable> timers = new ArrayList<>();
    private final ThreadLocal<MarkSchedule> schedules;
    private final ThreadLocal<ThreadTime> times;
    private final LongSupplier clock = this::clock;
    private ProcessorContext<byte[], RouterOutput> context;
    private TopicPartition source;
    private MarkSchedule marks;
    private ThreadTime threadTime;
    private long lastOffset;
    private long time;
    private long toldOwn;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    NotificationRouter(
            TopologyConfig config,
            CommitSchedule commits,
            ThreadLocal<MarkSchedule> schedules,
            ThreadLocal<ThreadTime> times) {
        this.config = config;
        this.schedules = schedules;
        this.times = times;
        this.commits = commits;
        this.metrics = config.metrics();
        this.maxBytes = config.options().calls().notifications().maxBytes();
        this.keyer = new NotificationKeyer(maxBytes);
        this.reader = new NotificationReader(config.options().calls().notifications());
    }

    @Override
    public void init(ProcessorContext<byte[], RouterOutput> processorContext) {
        context = processorContext;
        source = new TopicPartition(
                Topic.NOTIFICATIONS.name(config.options().topicPrefix()),
                context.taskId().partition());
        config.clock().readAhead().started(source);
        lastOffset = -1;
        time = Long.MIN_VALUE;
        toldOwn = Long.MIN_VALUE;
        marks = schedules.get();
        threadTime = times.get();
        marks.start(source.partition(), clock);
        timers.add(context.schedule(tick(config), PunctuationType.WALL_CLOCK_TIME, wallTime -> mark()));
        if (!config.options().skipsHop()) {
            // Else the stage of the same task asks for its commits.
            timers.add(commits.start(context));
        }
    }

    /** Its timers would go on beside those of the next init: Kafka Streams can use the task again. */
    @Override
    public void close() {
        marks.stop(source.partition(), clock);
        timers.forEach(Cancellable::cancel);
        timers.clear();
    }

    @Override
    public void process(Record<byte[], byte[]> notification) {
        time = Math.max(time, ReceiptTimestampExtractor.of(notification));
        if (marks.isNew(source.partition())) {
            // Else the stage would have no clock before the first tick, and a wait that ends before it would end too
            // late.
            sendMarks();
        }
        commits.worked();
        threadTime.came();
        metrics.read();
        byte[] value = notification.value() == null ? new byte[0] : notification.value();
        String headerAccount = headerAccount(notification);
        if (headerAccount != null
                && notification.key() != null
                && Headers.areOfBridge(notification.headers())
                && value.length <= maxBytes) {
            route(notification, value, headerAccount, true, headerAccount);
        } else {
            read(notification, value, headerAccount);
        }
        context.recordMetadata().ifPresent(metadata -> lastOffset = metadata.offset());
    }

    private void read(Record<byte[], byte[]> notification, byte[] value, @Nullable String headerAccount) {
        RoutingResult keying = keyer.key(value);
        String account = keying.account() != null ? keying.account() : headerAccount;
        if (keying instanceof RoutingResult.Skipped skipped) {
            metrics.skipped(skipped.kind());
        } else if ((keying instanceof RoutingResult.Keyed || keying instanceof RoutingResult.OfFact)
                && account != null) {
            route(notification, value, account, false, headerAccount);
        } else {
            reject(notification, value, headerAccount);
        }
    }

    /** Null if there is none; an empty one names no account. */
    private static @Nullable String headerAccount(Record<byte[], byte[]> notification) {
        String account = Headers.text(notification.headers(), Headers.ACCOUNT);
        return account == null || account.isEmpty() ? null : account;
    }

    private void route(
            Record<byte[], byte[]> notification,
            byte[] value,
            String account,
            boolean unread,
            @Nullable String headerAccount) {
        int home = HomePartition.of(account, config.partitions().homes());
        RepartitionMessage message = new RepartitionMessage.Routed(
                source.partition(),
                offset(),
                time,
                account,
                unread,
                headerAccount,
                Headers.text(notification.headers(), Headers.SOURCE),
                notification.key(),
                value);
        boolean own = config.options().skipsHop() && home == source.partition();
        if (own) {
            marks.kept(context.currentSystemTimeMs());
        } else {
            marks.sent(home, time, context.currentSystemTimeMs());
        }
        forward(message, own ? CallweaveTopology.OWN_MESSAGES : CallweaveTopology.MESSAGES);
    }

    /**
     * With the reason that reading it gives: what cannot be keyed cannot be read either. If it can, that is a fault of ours, which
     * must not stop all others.
     */
    private void reject(Record<byte[], byte[]> notification, byte[] value, @Nullable String headerAccount) {
        ParseResult reading = reader.read(value, headerAccount);
        Rejection rejection = reading.rejection();
        if (rejection == null) {
            rejection = Rejection.internalError(
                    new IllegalStateException("It was read, but its account or session was not found."));
        }
        metrics.rejected(rejection.reason());
        String account = reading.known().account();
        String sent = Headers.text(notification.headers(), Headers.SOURCE);
        context.forward(
                DeadLetters.of(
                        account != null ? account : headerAccount,
                        notification.key() != null ? notification.key() : DeadLetters.key(reading.known()),
                        value,
                        rejection.reason(),
                        rejection.detail(),
                        sent != null ? sent : source + "@" + offset(),
                        context.currentSystemTimeMs()),
                CallweaveTopology.REJECTED);
    }

    private long offset() {
        return context.recordMetadata().map(RecordMetadata::offset).orElse(0L);
    }

    /** Tells the stage how far the partitions of this thread are. */
    private void mark() {
        if (marks.isAttentive(context.currentSystemTimeMs())) {
            config.clock().readAhead().wantedSoon(source);
        }
        sendMarks();
    }

    /** Where nothing is left to read, time runs on by itself. */
    private long clock() {
        time = Math.max(
                time, config.clock().readAhead().drainedAt(source, lastOffset).orElse(time));
        return time;
    }

    private void sendMarks() {
        int partitions = config.partitions().ofNotifications().getAsInt();
        if (config.options().skipsHop() && clock() > toldOwn) {
            toldOwn = time;
            forward(RepartitionMessage.Mark.of(source.partition(), partitions, time), CallweaveTopology.OWN_MESSAGES);
        }
        MarkSchedule.Due due = marks.due(source.partition(), context.currentSystemTimeMs());
        if (!due.homes().isEmpty()) {
            commits.worked();
            forward(new RepartitionMessage.Mark(due.clocks(), partitions, due.homes()), CallweaveTopology.MESSAGES);
        }
    }

    private void forward(RepartitionMessage message, String child) {
        context.forward(new Record<>(NO_KEY, message, context.currentSystemTimeMs()), child);
    }

    private static Duration tick(TopologyConfig config) {
        Duration interval = config.clock().tick();
        return interval.compareTo(TICK) < 0 ? interval : TICK;
    }

    private static MarkSchedule schedule(TopologyConfig config) {
        Duration attention =
                config.options().calls().gapGrace().plus(tick(config).multipliedBy(2));
        return new MarkSchedule(
                config.partitions().homes(),
                config.clock().tick().toMillis(),
                tick(config).toMillis(),
                attention.toMillis(),
                !config.waitsForOwnPartition());
    }

    /**
     * Makes the processors of all tasks.
     *
     * @param schedules one for each stream thread, which all its routers share
     * @param times one for each stream thread, which all its routers and stages share
     */
    record Supplier(
            TopologyConfig config,
            CommitSchedule commits,
            ThreadLocal<MarkSchedule> schedules,
            ThreadLocal<ThreadTime> times)
            implements ProcessorSupplier<byte[], byte[], byte[], RouterOutput> {

        Supplier(TopologyConfig config, CommitSchedule commits, ThreadLocal<ThreadTime> times) {
            this(config, commits, ThreadLocal.withInitial(() -> schedule(config)), times);
        }

        @Override
        public Processor<byte[], byte[], byte[], RouterOutput> get() {
            return new NotificationRouter(config, commits, schedules, times);
        }
    }
}

package io.callweave.topology;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.notification.RejectReason;
import io.callweave.notification.Rejection;
import io.callweave.topics.Topic;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.directory.DirectoryStore;
import io.callweave.topology.feedgap.FeedGapStore;
import io.callweave.topology.feedgap.KnownGaps;
import io.callweave.topology.message.OutputHeaders;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.AccountLoads;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.state.Epoch;
import io.callweave.topology.time.CommitSchedule;
import io.callweave.topology.time.DueBacklog;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.time.Watermark;
import io.callweave.topology.windows.WindowAggregator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Puts everything of an account together: reads each notification once, keeps the clock, and lets the {@link AccountStage}
 * decide what is emitted.
 */
final class StageProcessor implements Processor<byte[], RouterOutput, byte[], StageOutput> {

    /** How often it looks for what the wall clock brings, while messages come. */
    private static final long LOOK_EVERY_MS = 20;

    private final TopologyConfig config;
    private final CommitSchedule commits;
    private final SessionMemory memory;
    private final TopologyMetrics metrics;
    private final NotificationReader reader;
    private ProcessorContext<byte[], StageOutput> context;
    private Watermark watermark;
    private AccountStage stage;
    private WindowAggregator windows;
    private StageSinks sinks;
    private LateGaps lateGaps;
    private DueBacklog backlog;
    private AccountLoads.Home loads;
    private long lastLook;

    /** The source partitions by whose clock more goes out than was done in one step. */
    private Set<Integer> gapsLeft;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    StageProcessor(TopologyConfig config, CommitSchedule commits, SessionMemory memory) {
        this.config = config;
        this.commits = commits;
        this.memory = memory;
        this.metrics = config.metrics();
        this.reader = new NotificationReader(config.notifications(), metrics::unknownField);
    }

    @Override
    public void init(ProcessorContext<byte[], StageOutput> processorContext) {
        context = processorContext;
        checkTopologyOfTheGroup();
        KeyValueStore<Bytes, byte[]> sessions = store(StoreNames.CALLS);
        long ofState = Epoch.of(sessions, config.stateFormat(), context.currentSystemTimeMs());
        sinks = new StageSinks(context, new OutputHeaders(ofState), config.topicPrefix(), metrics, commits);
        watermark = new Watermark(sessions, config.stateFormat());
        Directory directory = directory();
        KnownGaps gaps = gaps();
        windows = new WindowAggregator(
                store(StoreNames.WINDOWS),
                config.stateFormat(),
                directory,
                config.windows(),
                metrics,
                config.clock().recorded() ? Long.MIN_VALUE : context.currentSystemTimeMs(),
                ofState);
        stage = new AccountStage(
                sessions,
                store(StoreNames.CALL_DUE),
                config.stateFormat(),
                memory,
                windows,
                directory,
                gaps,
                config.rules(),
                config.timing(),
                config.limits(),
                ofState,
                config.off(),
                CallRecord::of);
        memory.join(context.taskId().partition());
        lateGaps = new LateGaps(
                gaps, stage.sessions(), config.timing().lateWindow().toMillis());
        backlog = new DueBacklog(context, this::processDue);
        gapsLeft = new TreeSet<>();
        loads = metrics.accounts().home(context.taskId().partition());
        lastLook = Long.MIN_VALUE;
        commits.start(context);
        context.schedule(config.clock().tick(), PunctuationType.WALL_CLOCK_TIME, time -> {
            processDue();
            watermark.keepStopped(context.currentSystemTimeMs());
            // Also what others have taken of the memory since.
            stage.flush();
            metrics.live(
                    context.taskId().partition(),
                    stage.live().liveSessions(),
                    stage.live().calls());
            metrics.windowsHeld(context.taskId().partition(), windows.heldBack());
            loads.tell(System.nanoTime());
        });
    }

    /**
     * A group whose leader does not skip the hop has stages that are tasks of their own. To it, this task is a router only, and
     * another instance has the state of this stage.
     */
    private void checkTopologyOfTheGroup() {
        String hop = CallweaveTopology.hopTopic(context.applicationId());
        int home = context.taskId().partition();
        if (config.skipsHop() && !config.clock().readAhead().isAssigned(new TopicPartition(hop, home))) {
            throw new TopologyException(
                    "The stage of the task %s is unknown to the topology of the group.".formatted(context.taskId()));
        }
    }

    @Override
    public void process(Record<byte[], RouterOutput> sent) {
        RouterOutput message = sent.value();
        if (message instanceof RepartitionMessage.Mark mark) {
            // Nobody waits for the commit of a mark, but for that of what it lets out.
            watermark.mark(mark);
            sourceTime(mark.sourcePartition());
            processDueIfAny();
        } else if (message instanceof RepartitionMessage.Routed routed) {
            commits.worked();
            watermark.observe(routed.sourcePartition(), routed.receivedAt());
            sourceTime(routed.sourcePartition());
            processDueIfAny();
            processAllDue();
            read(routed);
        }
    }

    private void sourceTime(int source) {
        // For nearly every message there is nothing.
        if (!gapsLeft.isEmpty() || stage.mayRelease(source, watermark.of(source))) {
            sourceTime(source, config.clock().step().begin());
        }
    }

    private void sourceTime(int source, StepLimits.Budget budget) {
        List<StageOutput> out = new ArrayList<>();
        if (stage.sourceTime(source, watermark.of(source), budget, out)) {
            gapsLeft.add(source);
        } else {
            gapsLeft.remove(source);
        }
        sinks.forward(out);
        stage.flush();
    }

    private void read(RepartitionMessage.Routed routed) {
        long began = System.nanoTime();
        ParseResult reading = reader.read(routed.value(), routed.headerAccount());
        Rejection rejection = reading.rejection();
        boolean tooLate = !reading.events().isEmpty() && !accept(reading.events(), routed);
        if (rejection == null && tooLate) {
            sinks.reject(
                    routed,
                    reading.known().account(),
                    text(reading.known().telephonySessionId()),
                    RejectReason.TOO_LATE,
                    "Its call was closed: nothing had changed it for the late window.");
        } else if (rejection != null) {
            sinks.reject(routed, reading.known().account(), null, rejection.reason(), rejection.detail());
        }
        loads.worked(
                reading.known().account(),
                System.nanoTime() - began,
                context.currentSystemTimeMs() - routed.receivedAt());
    }

    /** Whether the session still takes events. */
    private boolean accept(List<PartyEvent> events, RepartitionMessage.Routed routed) {
        // Never earlier than the clock, because due times before the clock are not looked at again.
        long receivedAt = Math.max(routed.receivedAt(), watermark.now());
        AccountStage.Acceptance acceptance = stage.accept(
                events,
                routed.sourcePartition(),
                routed.offset(),
                routed.receivedAt(),
                receivedAt,
                liveTime(receivedAt));
        for (int i = 0; i < acceptance.fates().size(); i++) {
            switch (acceptance.fates().get(i)) {
                case KEPT, REPLACES -> metrics.accepted(events.get(i).facts());
                case DUPLICATE -> metrics.duplicate();
                case LEFT_OUT, LEFT_OUT_AGAIN -> {
                    // Its call's record says that it is capped.
                }
            }
        }
        sinks.forward(acceptance.out());
        stage.flush();
        sinks.forward(windows.changed(receivedAt, liveTime(receivedAt)));
        return !acceptance.tooLate();
    }

    @Override
    public void close() {
        memory.leave(context.taskId().partition());
        metrics.forget(context.taskId().partition());
        loads.forget();
    }

    /**
     * Before each message; where it goes by the wall clock, only if something is due or the last look is some time ago. What
     * waits for the wall clock waits so long anyway.
     */
    private void processDueIfAny() {
        long wallTime = context.currentSystemTimeMs();
        if (config.clock().recorded()
                || stage.isDue(watermark.now())
                || wallTime - lastLook >= LOOK_EVERY_MS
                || wallTime < lastLook) {
            lastLook = wallTime;
            processDue();
        }
    }

    /**
     * In the order of a recording, what is due comes before the next notification, however much it is: what is too late must
     * not depend on how much a step does, or on how fast a machine is.
     */
    private void processAllDue() {
        while (config.clock().inOrder() && backlog.isLeft()) {
            processDue();
        }
    }

    private void processDue() {
        long now = watermark.now();
        metrics.clock(context.taskId().partition(), now);
        if (now == Long.MIN_VALUE) {
            return;
        }
        StepLimits.Budget budget = config.clock().step().begin();
        List.copyOf(gapsLeft).forEach(source -> sourceTime(source, budget));
        boolean more = stage.processDue(now, budget, entry -> {
            // Before anything is done by the time.
            watermark.keep();
            sinks.forward(stage.due(entry, now, liveTime(entry.time())));
            stage.flush();
            sinks.forward(windows.changed(entry.time(), liveTime(entry.time())));
        });
        boolean farBehind = !config.clock().recorded() && commits.isFarBehind();
        stage.live().farBehind(farBehind);
        more |= stage.liveCalls(liveTime(now), budget, sinks::forward);
        more |= lateGaps.work(now, budget, key -> {
            sinks.forward(stage.gapKnown(key, now, liveTime(now)));
            stage.flush();
        });
        // A live call that cannot be folded is finished with what is known of it.
        sinks.forward(windows.changed(now, liveTime(now)));
        windows.farBehind(farBehind);
        sinks.forward(windows.ready(liveTime(now), budget));
        more |= windows.hasReady(liveTime(now));
        more |= windows.forgetOld(now, budget);
        more |= !gapsLeft.isEmpty();
        backlog.isThere(more);
        if (!more) {
            config.listener().caughtUp(context.taskId().partition(), now);
        }
    }

    /** What spaces out live calls is the reader's time; in a recording, the recorded one. */
    private long liveTime(long receivedAt) {
        return config.clock().recorded() ? receivedAt : context.currentSystemTimeMs();
    }

    private static byte @Nullable [] text(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private Directory directory() {
        if (!config.inputs().contains(Topic.DIRECTORY)) {
            return Directory.NONE;
        }
        DirectoryStore directory = context.getStateStore(DirectoryStore.NAME);
        return directory;
    }

    private KnownGaps gaps() {
        if (!config.inputs().contains(Topic.FEED_GAPS)) {
            return KnownGaps.NONE;
        }
        FeedGapStore known = context.getStateStore(FeedGapStore.NAME);
        return known;
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
        return context.getStateStore(name);
    }

    /** Makes the processors of all tasks, and brings their stores. */
    record Supplier(TopologyConfig config, CommitSchedule commits, SessionMemory memory)
            implements ProcessorSupplier<byte[], RouterOutput, byte[], StageOutput> {

        @Override
        public Processor<byte[], RouterOutput, byte[], StageOutput> get() {
            return new StageProcessor(config, commits, memory);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StoreNames.stage();
        }
    }
}

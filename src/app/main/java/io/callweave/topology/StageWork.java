package io.callweave.topology;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.notification.Rejection;
import io.callweave.topics.Topic;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.directory.DirectoryStore;
import io.callweave.topology.facts.LaterFacts;
import io.callweave.topology.fairness.FairScheduler;
import io.callweave.topology.fairness.PutOffWork;
import io.callweave.topology.fairness.ThreadTime;
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
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.time.Watermark;
import io.callweave.topology.windows.WindowAggregator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a task does between the init and the close of its {@link StageProcessor}: reads each notification once, keeps the clock,
 * and lets the {@link AccountStage} decide what is emitted.
 */
final class StageWork {

    /** How often it looks for what the wall clock brings, while messages come. */
    private static final long LOOK_EVERY_MS = 20;

    private static final int EMPTIED_AT_ONCE = 100;

    private static final Rejection TOO_LATE = Rejection.tooLate();

    private final TopologyConfig config;
    private final CommitSchedule commits;
    private final TopologyMetrics metrics;
    private final NotificationReader reader;
    private final ProcessorContext<byte[], StageOutput> context;
    private final Watermark watermark;
    private final AccountStage stage;
    private final WindowAggregator windows;
    private final StageSinks sinks;
    private final LateGaps lateGaps;
    private final DueBacklog backlog;
    private final ThreadTime time;
    private final FairScheduler scheduler;
    private final AccountLoads.Home loads;

    /** The source partitions by whose clock more goes out than was done in one step. */
    private final Set<Integer> gapsLeft = new TreeSet<>();

    private long lastLook = Long.MIN_VALUE;

    /** Takes up what the stores hold. */
    StageWork(
            ProcessorContext<byte[], StageOutput> context,
            TopologyConfig config,
            CommitSchedule commits,
            SessionMemory memory,
            ThreadTime time,
            NotificationReader reader) {
        this.context = context;
        this.config = config;
        this.commits = commits;
        this.metrics = config.metrics();
        this.reader = reader;
        this.time = time;
        KeyValueStore<Bytes, byte[]> sessions = store(StoreNames.CALLS);
        long ofState = Epoch.of(sessions, context.currentSystemTimeMs());
        sinks = new StageSinks(
                context, new OutputHeaders(ofState), config.options().topicPrefix(), metrics, commits);
        watermark = new Watermark(
                sessions, config.waitsForOwnPartition() ? OptionalInt.of(partition()) : OptionalInt.empty());
        Directory directory = directory();
        KnownGaps gaps = gaps();
        windows = new WindowAggregator(
                store(StoreNames.WINDOWS),
                directory,
                config.options().windows(),
                metrics,
                config.clock().recorded() ? Long.MIN_VALUE : context.currentSystemTimeMs(),
                ofState);
        // In a recording, no result may depend on how long something takes.
        scheduler = new FairScheduler(
                sessions,
                time,
                config.clock().recorded()
                        ? config.clock().step().timeless()
                        : config.clock().step());
        stage = new AccountStage(
                sessions,
                store(StoreNames.CALL_DUE),
                memory,
                windows,
                directory,
                gaps,
                config.options().calls(),
                ofState,
                config.options().off(),
                scheduler::isWaiting,
                CallRecord::of);
        lateGaps = new LateGaps(
                gaps, stage.sessions(), config.options().calls().lateWindow().toMillis());
        backlog = new DueBacklog(context, this::processDue);
        loads = metrics.accounts().home(partition());
    }

    private int partition() {
        return context.taskId().partition();
    }

    /** To be called every few moments, also if nothing is read. */
    void tick() {
        processDue();
        watermark.keepStopped(context.currentSystemTimeMs());
        // Also what others have taken of the memory since.
        stage.flush();
        metrics.live(partition(), stage.live().liveSessions(), stage.live().calls());
        metrics.windowsHeld(partition(), windows.heldBack());
        metrics.putOff(partition(), scheduler.waiting());
        loads.tell(System.nanoTime());
    }

    void process(RouterOutput message) {
        if (message instanceof RepartitionMessage.Mark mark) {
            // Nobody waits for the commit of a mark, but for that of what it lets out.
            watermark.mark(mark);
            mark.clocks().keySet().forEach(this::sourceTime);
            processDueIfAny();
        } else if (message instanceof RepartitionMessage.Routed routed) {
            commits.worked();
            time.came();
            watermark.observe(routed.sourcePartition(), routed.receivedAt());
            sourceTime(routed.sourcePartition());
            processDueIfAny();
            processAllDue();
            // If it is alone, or too much waits, what waits comes before what comes.
            var unused = workOff();
            // What others than our bridge wrote has its account in the notification.
            ParseResult reading = routed.unread() ? null : read(routed);
            String account =
                    reading == null ? routed.headerAccount() : reading.known().account();
            // Never earlier than the clock, because what was due before the clock is done.
            long receivedAt = Math.max(routed.receivedAt(), watermark.now());
            if (account == null) {
                work(routed, reading, receivedAt);
            } else if (scheduler.putOff(
                    account, receivedAt, context.currentSystemTimeMs() - routed.receivedAt(), routed)) {
                backlog.isThere(true);
            } else {
                scheduler.work(account, () -> work(routed, reading, receivedAt));
            }
        }
    }

    /** It does nothing any more. */
    void end() {
        backlog.isThere(false);
        scheduler.close();
        metrics.forget(partition());
        loads.forget();
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

    private ParseResult read(RepartitionMessage.Routed routed) {
        return reader.read(routed.value(), routed.headerAccount());
    }

    /**
     * Works on a notification.
     *
     * @param read what it says; null if it was not read yet
     * @param time when it was received, as calls have it
     */
    private void work(RepartitionMessage.Routed routed, @Nullable ParseResult read, long time) {
        long began = System.nanoTime();
        ParseResult reading = read == null ? read(routed) : read;
        Rejection rejection = reading.rejection();
        if (reading instanceof ParseResult.Skipped skipped) {
            metrics.skipped(skipped.kind());
        } else if (reading instanceof ParseResult.OfFact fact) {
            rejection = accept(fact, routed, time);
        } else if (!reading.events().isEmpty()) {
            Rejection unfit = accept(reading.events(), routed, time);
            rejection = rejection != null ? rejection : unfit;
        }
        if (rejection != null) {
            sinks.reject(routed, reading.known(), rejection);
        }
        loads.worked(
                reading.known().account(),
                System.nanoTime() - began,
                context.currentSystemTimeMs() - routed.receivedAt());
    }

    /** Why the fact is not taken; null if it is. */
    private @Nullable Rejection accept(ParseResult.OfFact fact, RepartitionMessage.Routed routed, long receivedAt) {
        FactNotice notice = fact.notice();
        String session = fact.known().telephonySessionId();
        Rejection contradiction = routed.contradiction(
                new SessionKey(notice.accountId(), session == null ? notice.accountId() : session));
        if (contradiction != null) {
            return contradiction;
        }
        AccountStage.FactAcceptance acceptance = stage.accept(notice, routed, receivedAt);
        metrics.laterFact(notice.kind(), acceptance.fate());
        sinks.forward(acceptance.out());
        stage.flush();
        return acceptance.fate() == LaterFacts.Fate.TOO_LATE ? TOO_LATE : null;
    }

    /** Why the events are not taken; null if they are. What contradicts its key or header may be of another partition. */
    private @Nullable Rejection accept(List<PartyEvent> events, RepartitionMessage.Routed routed, long receivedAt) {
        Rejection contradiction = routed.contradiction(events.get(0).session());
        if (contradiction != null) {
            return contradiction;
        }
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
        return acceptance.tooLate() ? TOO_LATE : null;
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
            processDue();
            // A step that took long must not come before each message.
            lastLook = context.currentSystemTimeMs();
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
        metrics.clock(partition(), now);
        if (now == Long.MIN_VALUE) {
            backlog.isThere(workOff());
            return;
        }
        StepLimits.Budget budget = config.clock().step().begin();
        // However many gaps there are: what is due comes, too.
        List.copyOf(gapsLeft)
                .forEach(source -> sourceTime(source, config.clock().step().begin()));
        boolean more = stage.processDue(now, budget, entry -> {
            // Before anything is done by the time.
            watermark.keep();
            String account = AccountStage.accountOf(entry.key());
            if (!scheduler.putOff(account, entry)) {
                scheduler.work(account, () -> due(entry, now));
            }
        });
        more |= workOff();
        boolean farBehind = !config.clock().recorded() && commits.isFarBehind();
        stage.live().farBehind(farBehind);
        more |= stage.liveCalls(liveTime(now), budget, key -> liveCall(key, liveTime(now)));
        more |= lateGaps.work(now, budget, key -> {
            scheduler.work(key.accountId(), () -> {
                sinks.forward(stage.gapKnown(key, now, liveTime(now)));
                stage.flush();
            });
        });
        // A live call that cannot be folded is finished with what is known of it.
        sinks.forward(windows.changed(now, liveTime(now)));
        windows.farBehind(farBehind);
        // However much is due: a wallboard waits for these.
        sinks.forward(windows.ready(liveTime(now), config.clock().step().begin()));
        more |= windows.hasReady(liveTime(now));
        more |= windows.forgetOld(now, budget);
        more |= emptySlots(now, budget);
        more |= !gapsLeft.isEmpty();
        backlog.isThere(more);
        if (!more) {
            config.listener().caughtUp(partition(), now);
        }
    }

    private boolean workOff() {
        return scheduler.workOff((account, waiting) -> {
            if (waiting instanceof PutOffWork.Notification notification) {
                // What is due for its account waits behind it.
                work(notification.routed(), null, notification.receivedAt());
            } else if (waiting instanceof PutOffWork.Entry entry) {
                due(entry.due(), watermark.now());
            }
        });
    }

    private void due(DueQueue.Due entry, long now) {
        sinks.forward(stage.due(entry, now, liveTime(entry.time())));
        stage.flush();
        sinks.forward(windows.changed(entry.time(), liveTime(entry.time())));
    }

    private void liveCall(SessionKey key, long time) {
        if (scheduler.mustWait(key.accountId())) {
            stage.live().putOff(key, time);
        } else {
            scheduler.work(key.accountId(), () -> {
                sinks.forward(stage.liveCall(key, time));
                stage.flush();
            });
        }
    }

    /** Names and numbers of a call are not kept for longer than the call, also where nothing takes its place. */
    private boolean emptySlots(long now, StepLimits.Budget budget) {
        long age = config.options().calls().lateWindow().toMillis();
        while (!budget.isSpent()) {
            int emptied = stage.sessions().emptySlots(now, age, EMPTIED_AT_ONCE);
            if (emptied < EMPTIED_AT_ONCE) {
                return false;
            }
            budget.spend(emptied);
        }
        return true;
    }

    /** What spaces out live calls is the reader's time; in a recording, the recorded one. */
    private long liveTime(long receivedAt) {
        return config.clock().recorded() ? receivedAt : context.currentSystemTimeMs();
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
}

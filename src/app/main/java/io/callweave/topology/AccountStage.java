package io.callweave.topology;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.joining.Joining;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import io.callweave.notification.NotificationReader;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.calls.CallTracker;
import io.callweave.topology.calls.Emitter;
import io.callweave.topology.calls.LiveCalls;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.facts.LaterFacts;
import io.callweave.topology.feedgap.KnownGaps;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.ordering.EventSequencer;
import io.callweave.topology.ordering.GapQueue;
import io.callweave.topology.session.GrowthLimits;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.time.CallDues;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * All that happens to the party events and later facts of one partition's accounts, except reading them and keeping the clock: drops
 * duplicates, orders, unites into sessions and calls, and says what is emitted. Its caller calls {@link #flush} at the
 * end of each step.
 */
public final class AccountStage {

    private static final Joining.Component ALONE = new Joining.Component(Set.of(), Set.of());

    /** What may make another record; also where something was left out, the calls that it was left out of say so. */
    private static final Set<Fate> CHANGING = EnumSet.of(Fate.KEPT, Fate.REPLACES, Fate.LEFT_OUT);

    private final SessionStore sessions;
    private final EventSequencer sequencer;
    private final GrowthLimits limits;
    private final LiveCalls live;
    private final CallDues due;
    private final CallTracker tracker;
    private final LaterFacts facts;

    /** What became of a party event. */
    public enum Fate {
        /** It is a new fact of its session. */
        KEPT,
        /** It counts instead of the event of the same identity. */
        REPLACES,
        /** It is known, or gives way to the event of the same identity. */
        DUPLICATE,
        /** Its session or call has as much as is kept, and says so from now on. */
        LEFT_OUT,
        /** Its session or call has as much as is kept, and said so before. Then duplicates are not told apart. */
        LEFT_OUT_AGAIN
    }

    /**
     * What became of the events of one notification.
     *
     * @param tooLate whether their session is closed, and nothing else became of them
     * @param fates of each event, in their order; none if it is too late
     */
    public record Acceptance(boolean tooLate, List<Fate> fates, List<StageOutput> out) {}

    /**
     * Takes up the state of the stores.
     *
     * @param sessionEntries sessions and what waits
     * @param dueEntries when to look at sessions again
     * @param epoch of the state
     */
    public AccountStage(
            KeyValueStore<Bytes, byte[]> sessionEntries,
            KeyValueStore<Bytes, byte[]> dueEntries,
            WindowAggregator windows,
            Directory directory,
            CallOptions options,
            long epoch) {
        this(sessionEntries, dueEntries, windows, directory, options, epoch, CallRecord::of);
    }

    /** @param fold what makes a record of a call */
    public AccountStage(
            KeyValueStore<Bytes, byte[]> sessionEntries,
            KeyValueStore<Bytes, byte[]> dueEntries,
            WindowAggregator windows,
            Directory directory,
            CallOptions options,
            long epoch,
            BiFunction<Call, CallRules, CallRecord> fold) {
        this(
                sessionEntries,
                dueEntries,
                () -> SessionMemory.MOST_OF_A_PARTITION,
                windows,
                directory,
                KnownGaps.NONE,
                options,
                epoch,
                Set.of(),
                account -> false,
                fold);
    }

    /**
     * Takes up the state of the stores.
     *
     * @param memory bytes of sessions that are kept in memory; can change
     * @param gaps in the notifications of the accounts
     * @param off the outputs that are not made
     * @param waiting accounts of which notifications wait that are not given yet, though later ones are
     * @param fold what makes a record of a call
     */
    public AccountStage(
            KeyValueStore<Bytes, byte[]> sessionEntries,
            KeyValueStore<Bytes, byte[]> dueEntries,
            LongSupplier memory,
            WindowAggregator windows,
            Directory directory,
            KnownGaps gaps,
            CallOptions options,
            long epoch,
            Set<Topic> off,
            Predicate<String> waiting,
            BiFunction<Call, CallRules, CallRecord> fold) {
        this.sessions = new SessionStore(sessionEntries, memory);
        this.due = new CallDues(new DueQueue(dueEntries));
        GapQueue heldBack = new GapQueue(sessionEntries);
        sessions.alsoWrite(heldBack::write);
        this.sequencer = new EventSequencer(
                sessions,
                heldBack,
                options.rules(),
                options.gapGrace().toMillis(),
                !off.contains(Topic.PARTY_EVENTS),
                waiting);
        this.limits = new GrowthLimits(sessions, options.limits());
        this.live = new LiveCalls(
                sessions,
                options.liveInterval().toMillis(),
                options.limits().recordBytes(),
                !off.contains(Topic.LIVE_CALLS));
        Emitter emitter = new Emitter(
                sessions,
                windows,
                directory,
                gaps,
                options.rules(),
                options.limits().recordBytes(),
                epoch,
                !off.contains(Topic.PARTY_METRICS),
                fold);
        this.tracker = new CallTracker(sessions, emitter, live, due, options);
        this.facts = new LaterFacts(
                sessions,
                sessionEntries,
                due,
                new NotificationReader(options.notifications()),
                options.lateWindow().toMillis(),
                Math.min(options.markerRetention().toMillis(), windows.retentionMs()));
        this.sessions.forEachLive(session -> {
            live.restore(session);
            tracker.restore(session);
        });
    }

    public SessionStore sessions() {
        return sessions;
    }

    public LiveCalls live() {
        return live;
    }

    private static Acceptance leftOut(List<PartyEvent> events) {
        return new Acceptance(false, Collections.nCopies(events.size(), Fate.LEFT_OUT_AGAIN), List.of());
    }

    /**
     * Takes the party events of one notification, all of one session.
     *
     * @param source the partition of {@code notifications} it is from
     * @param offset its place there
     * @param sourceTime the time of that partition's clock, in milliseconds since the epoch
     * @param receivedAt when it was received, not before the clock of the stage
     * @param liveTime the time that spaces out live calls
     */
    public Acceptance accept(
            List<PartyEvent> events, int source, long offset, long sourceTime, long receivedAt, long liveTime) {
        SessionKey key = events.get(0).session();
        if (limits.isFull(key)) {
            return leftOut(events);
        }
        StoredSession session = sessions.get(key);
        // One that was not in memory takes no more than one that was.
        if (limits.isFull(session.state())) {
            return leftOut(events);
        }
        if (session.state().closed()) {
            return new Acceptance(true, List.of(), List.of());
        }
        Session before = session.session();
        List<StageOutput> out = new ArrayList<>();
        List<Fate> fates = new ArrayList<>(events.size());
        // A new fact can also separate sessions (a supervision was recognised), so include those it was joined with.
        Joining.Component joined = session.state().isLinked() ? sessions.componentOf(key) : ALONE;
        Set<String> affected = new LinkedHashSet<>(joined.seen());
        affected.add(key.telephonySessionId());
        Set<String> named = new LinkedHashSet<>(joined.unseen());
        boolean changes = false;
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                joined = session.state().isLinked() ? sessions.componentOf(key) : ALONE;
            }
            Arrived arrived = new Arrived(events.get(i), source, offset, sourceTime, receivedAt);
            Fate fate = accept(arrived, session, joined, affected, out);
            fates.add(fate);
            changes |= CHANGING.contains(fate);
        }
        if (changes) {
            sequencer.release(session, sourceTime, out);
            out.addAll(changed(facts.eventsChanged(session, before, receivedAt), key, receivedAt));
            out.addAll(tracker.changed(session, before, affected, receivedAt, liveTime));
            tracker.lookAt(key.accountId(), named, receivedAt);
        }
        return new Acceptance(false, fates, out);
    }

    /**
     * What became of a later fact.
     *
     * @param out what goes out at once; a record of its call follows when it has settled
     */
    public record FactAcceptance(LaterFacts.Fate fate, List<StageOutput> out) {}

    /**
     * Takes a later fact.
     *
     * @param routed the notification that it is in
     * @param receivedAt when it was received, not before the clock of the stage
     */
    public FactAcceptance accept(FactNotice notice, RepartitionMessage.Routed routed, long receivedAt) {
        LaterFacts.Step step = facts.accept(notice, routed, receivedAt);
        return new FactAcceptance(step.fate(), changed(step, null, receivedAt));
    }

    /** @param apart a session whose call is looked at anyway; null if there is none */
    private List<StageOutput> changed(LaterFacts.Step step, @Nullable SessionKey apart, long time) {
        step.changed().forEach((key, before) -> {
            if (!key.equals(apart)) {
                tracker.factsChanged(key, before, time);
            }
        });
        return step.out();
    }

    /** A party event, and how it came. */
    private record Arrived(PartyEvent event, int source, long offset, long sourceTime, long receivedAt) {}

    private Fate accept(
            Arrived arrived,
            StoredSession session,
            Joining.Component joined,
            Set<String> affected,
            List<StageOutput> out) {
        PartyEvent event = arrived.event();
        if (!session.session().isChangedBy(event)) {
            return Fate.DUPLICATE;
        }
        boolean replaces = session.session().hasPlaceOf(event);
        GrowthLimits.Verdict verdict = limits.of(event, session, joined);
        if (verdict != GrowthLimits.Verdict.LEAVE_OUT) {
            if (!replaces) {
                sequencer.arrive(session, event, arrived.source(), arrived.sourceTime(), out);
            }
            boolean withoutPeer = verdict == GrowthLimits.Verdict.KEEP_WITHOUT_PEER;
            sessions.add(session, event, arrived.receivedAt(), arrived.offset(), withoutPeer);
        }
        Collection<String> told = limits.note(verdict, event, session, joined);
        affected.addAll(told);
        if (verdict == GrowthLimits.Verdict.LEAVE_OUT) {
            return told.isEmpty() ? Fate.LEFT_OUT_AGAIN : Fate.LEFT_OUT;
        }
        return replaces ? Fate.REPLACES : Fate.KEPT;
    }

    /** Whether {@link #sourceTime} may have something to do. */
    boolean mayRelease(int source, long time) {
        return sequencer.mayHave(source, time);
    }

    /**
     * Adds what goes out to {@code party-events} because the clock of a source partition has moved, as far as the budget goes.
     *
     * @return whether there may be more
     */
    public boolean sourceTime(int source, long time, StepLimits.Budget budget, List<StageOutput> out) {
        return sequencer.due(source, time, budget, out);
    }

    /**
     * Goes through what is due at this time of the stage's clock, as far as the budget goes.
     *
     * @return whether there is more
     */
    public boolean processDue(long now, StepLimits.Budget budget, Consumer<DueQueue.Due> work) {
        return due.processDue(now, budget, work);
    }

    /** Whether {@link #processDue} may have something to do. */
    boolean isDue(long now) {
        return due.mayHave(now);
    }

    /** Whose entry it is. */
    static String accountOf(SessionKey entry) {
        return LaterFacts.isOf(entry) ? LaterFacts.accountOf(entry) : entry.accountId();
    }

    /** What is emitted because the time of an entry has come. */
    public List<StageOutput> due(DueQueue.Due entry, long clock, long liveTime) {
        if (LaterFacts.isOf(entry.key())) {
            return changed(facts.due(entry.key(), entry.time()), null, entry.time());
        }
        return tracker.due(entry, clock, liveTime);
    }

    /** What is emitted because a gap has become known, for the call of this session. */
    List<StageOutput> gapKnown(SessionKey key, long now, long liveTime) {
        return tracker.gapKnown(key, now, liveTime);
    }

    /**
     * Goes through the live calls that were held back by their interval, as far as the budget goes.
     *
     * @return whether there are more
     */
    public boolean liveCalls(long liveTime, StepLimits.Budget budget, Consumer<SessionKey> work) {
        while (!budget.isSpent()) {
            SessionKey key = live.takeReady(liveTime);
            if (key == null) {
                return false;
            }
            work.accept(key);
            budget.spend();
        }
        return live.hasReady(liveTime);
    }

    /** What is emitted of a live call that was held back. */
    public List<StageOutput> liveCall(SessionKey key, long liveTime) {
        return tracker.liveCall(key, liveTime);
    }

    /** Writes what has changed; to be called at the end of each step. */
    public void flush() {
        sessions.flush();
    }
}

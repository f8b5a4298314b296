package io.callweave.explain.replay;

import io.callweave.call.Call;
import io.callweave.call.completion.Completion;
import io.callweave.call.completion.CompletionBlocker;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.joining.Joining;
import io.callweave.notification.Rejection;
import io.callweave.topology.AccountStage;
import io.callweave.topology.StoreNames;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.calls.CallView;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.facts.LaterFacts;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stage in this thread, without Kafka, to find out why a record was emitted. The decisions are those of the
 * same {@link AccountStage} that runs on Kafka Streams. This class only drives it, like the processor of one partition,
 * but without missing a moment of time, and reads the state after each step.
 */
public final class StageReplay {

    /** Later than any time of a recording, and low enough not to overflow when waits are added. */
    private static final long END_OF_TIME = Long.MAX_VALUE / 2;

    private static final StepLimits STEP = StepLimits.DEFAULT.timeless();

    /** The replay uses one partition. */
    private static final int SOURCE = 0;

    private final AccountStage stage;
    private final CallOptions options;
    private final Rejections rejections;
    private final Runnable pace;
    private long now = Long.MIN_VALUE;
    private long offset;

    /** The effect of a party event. */
    public enum Fate {
        /** It added a fact to its call. */
        KEPT,
        /** Its body is greater than that of the known event with the same identity, and replaces it. */
        REPLACES,
        /** The known event with the same identity has a greater body, which stays. */
        GIVES_WAY,
        DUPLICATE,
        /** Its session or call has reached its limit. */
        LEFT_OUT,
        /** Its call was closed. */
        TOO_LATE
    }

    /**
     * What became of a party event.
     *
     * @param late whether it is written to {@code party-events} as late
     */
    public record Effect(Fate fate, boolean late) {}

    /**
     * What a notification caused.
     *
     * @param effects of its party events, in their order
     */
    public record Step(List<Effect> effects, List<Emission> emissions) {}

    /**
     * A record that is emitted on {@code calls}.
     *
     * @param time when it is emitted, in receipt time, in milliseconds since the epoch
     * @param situation the state of the call at that time; null if it cannot be folded
     */
    public record Emission(
            long time,
            String accountId,
            String callId,
            long revision,
            CompletionReason reason,
            byte[] json,
            @Nullable Situation situation) {}

    /**
     * The state of a call.
     *
     * @param lastChange when the latest notification that changed it was received
     * @param doubts what keeps it from being certainly over
     * @param waits those that apply while it is not
     * @param longest the wait that decides
     */
    public record Situation(
            long lastChange,
            List<CompletionBlocker> doubts,
            List<CompletionTimeouts.Wait> waits,
            CompletionTimeouts.Wait longest) {}

    /** Takes what the stage sends to the dead letters. */
    @FunctionalInterface
    public interface Rejections {

        /**
         * Takes one.
         *
         * @param source of a later fact, as it was given; null for party events
         * @param value of a later fact; null for party events
         */
        void take(Rejection rejection, @Nullable String source, byte @Nullable [] value);
    }

    /** A replay with an empty state. */
    public StageReplay(CallOptions options) {
        this(options, () -> {});
    }

    /** @param pace runs at each step; can end the replay with an exception */
    public StageReplay(CallOptions options, Runnable pace) {
        this(options, (rejection, source, value) -> {}, pace);
    }

    /** The same, whose rejections somebody wants to know. */
    public StageReplay(CallOptions options, Rejections rejections) {
        this(options, rejections, () -> {});
    }

    private StageReplay(CallOptions options, Rejections rejections, Runnable pace) {
        this.pace = pace;
        this.options = options;
        this.rejections = rejections;
        stage = new AccountStage(
                new MemoryStore(StoreNames.CALLS),
                new MemoryStore(StoreNames.CALL_DUE),
                new WindowAggregator(
                        new MemoryStore(StoreNames.WINDOWS),
                        Directory.NONE,
                        WindowOptions.NONE,
                        TopologyMetrics.unexported(),
                        Long.MIN_VALUE,
                        0),
                Directory.NONE,
                options,
                0);
    }

    /**
     * Moves the time forward.
     *
     * @param time in milliseconds since the epoch; a time in the past changes nothing
     * @return what falls due until then, each at its own time
     */
    public List<Emission> passTo(long time) {
        now = Math.max(now, time);
        // Events that a gap holds back do not change a call.
        var unused = stage.sourceTime(SOURCE, now, StepLimits.DEFAULT.timeless().begin(), new ArrayList<>());
        List<Emission> emissions = new ArrayList<>();
        while (stage.processDue(now, STEP.begin(), entry -> {
            pace.run();
            emissions.addAll(emissions(stage.due(entry, now, entry.time()), entry.time()));
            stage.flush();
        })) {
            // One call processes only a limited number of entries.
        }
        while (stage.liveCalls(now, STEP.begin(), key -> {
            pace.run();
            emissions.addAll(emissions(stage.liveCall(key, now), now));
            stage.flush();
        })) {
            // As above.
        }
        stage.flush();
        return emissions;
    }

    /** Moves the time forward until nothing is pending. */
    public List<Emission> passToTheEnd() {
        return passTo(END_OF_TIME);
    }

    /**
     * Processes the party events of a notification that is received now; call {@link #passTo} first. They are one step, as
     * in the topology: no record shows some of them without the others.
     *
     * @param events all of one session; none if nothing of it can be used
     */
    public Step accept(List<PartyEvent> events) {
        if (events.isEmpty()) {
            return new Step(List.of(), List.of());
        }
        pace.run();
        List<PartyEvent> known = new ArrayList<>(
                stage.sessions().get(events.get(0).session()).session().events());
        AccountStage.Acceptance acceptance = stage.accept(events, SOURCE, offset++, now, now, now);
        if (acceptance.tooLate()) {
            rejections.take(Rejection.tooLate(), null, null);
        }
        // All events of a notification have one sequence, and what follows them in its session is not late.
        boolean late = acceptance.out().stream()
                .anyMatch(output -> output instanceof StageOutput.OrderedEvent ordered && ordered.late());
        List<Effect> effects = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            PartyEvent event = events.get(i);
            Fate fate = acceptance.tooLate()
                    ? Fate.TOO_LATE
                    : fate(event, known, acceptance.fates().get(i));
            effects.add(new Effect(fate, late && fate == Fate.KEPT));
            known.add(event);
        }
        Step step = new Step(effects, emissions(acceptance.out(), now));
        stage.flush();
        return step;
    }

    /**
     * Processes a later fact that is received now; call {@link #passTo} first. A call that was emitted is revised when it has
     * settled, so nothing is emitted at once.
     *
     * @param source where it is from
     * @param value the notification
     */
    public void accept(FactNotice notice, String source, byte[] value) {
        RepartitionMessage.Routed routed = new RepartitionMessage.Routed(
                SOURCE, offset++, now, notice.accountId(), false, notice.accountId(), source, null, value);
        AccountStage.FactAcceptance acceptance = stage.accept(notice, routed, now);
        if (acceptance.fate() == LaterFacts.Fate.TOO_LATE) {
            rejections.take(Rejection.tooLate(), source, value);
        }
        rejectUnplaced(acceptance.out());
        stage.flush();
    }

    private static Fate fate(PartyEvent event, List<PartyEvent> known, AccountStage.Fate fate) {
        return switch (fate) {
            case KEPT -> Fate.KEPT;
            case REPLACES -> Fate.REPLACES;
            case LEFT_OUT, LEFT_OUT_AGAIN -> Fate.LEFT_OUT;
            case DUPLICATE ->
                known.stream().anyMatch(other -> other.body().equals(event.body())) ? Fate.DUPLICATE : Fate.GIVES_WAY;
        };
    }

    private List<Emission> emissions(List<StageOutput> out, long time) {
        List<Emission> emissions = new ArrayList<>();
        Map<String, @Nullable Situation> situations = new HashMap<>();
        for (StageOutput output : out) {
            if (output instanceof StageOutput.CallEmission call) {
                Situation situation = situations.computeIfAbsent(
                        call.callId(), id -> situation(new SessionKey(call.accountId(), id)));
                emissions.add(new Emission(
                        time, call.accountId(), call.callId(), call.revision(), call.reason(), call.json(), situation));
            }
        }
        rejectUnplaced(out);
        return emissions;
    }

    private void rejectUnplaced(List<StageOutput> out) {
        for (StageOutput output : out) {
            if (output instanceof StageOutput.Unplaced unplaced) {
                RepartitionMessage.Routed notice = unplaced.notice();
                rejections.take(Rejection.noSession(), notice.sentSource(), notice.value());
            }
        }
    }

    /** The situation of the current call of a session. */
    private @Nullable Situation situation(SessionKey key) {
        SessionStore sessions = stage.sessions();
        Joining.Component component = sessions.componentOf(key);
        List<StoredSession> held = CallView.held(key.accountId(), component, sessions);
        try {
            CallView view = CallView.of(key.accountId(), held, component, sessions);
            Call call = view.call();
            CompletionTimeouts waits = options.waits();
            return new Situation(
                    view.lastChange(),
                    Completion.blockers(call, options.rules()),
                    waits.applyingTo(call),
                    waits.of(call));
        } catch (RuntimeException failure) {
            // It cannot be folded, and its record says internalError.
            return null;
        }
    }
}

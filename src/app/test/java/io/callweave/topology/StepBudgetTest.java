package io.callweave.topology;

import static io.callweave.topology.MeteredStage.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallLimits;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.session.GrowthLimits;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With every input, a step is limited: in store operations, folded events and bytes, and it scans nothing. */
class StepBudgetTest {

    /** Of one event: a call's sessions, read once or twice each, and its events where they were not in memory. */
    private static final int GETS = 8_000;

    /** Of one event: windows of a call's parties and numbers come to the most. */
    private static final int PUTS = 10_000;

    private static final int FOLDED = 2 * CallLimits.DEFAULT.callEvents();
    private static final long BYTES = 12L << 20;

    private final MeteredStage stage = new MeteredStage();
    private MeteredStage.Step most = MeteredStage.NOTHING;

    @Test
    void shouldWriteThePartiesOfANotificationTogetherAndTheSessionOnce() {
        List<PartyEvent> parties = new ArrayList<>();
        for (int party = 0; party < 200; party++) {
            parties.add(event("s-a", 2, "p-" + party, "Setup", null, null));
        }

        MeteredStage.Step step = stage.notification(parties);

        // Up to 16 of them in a slot. When to look at it again stands in the session.
        assertThat(step.stores().puts()).isEqualTo(13 + 1);
        assertThat(step.stores().scans()).isZero();
        assertThat(step.stores().bytes()).isLessThan(60_000);
    }

    @Test
    void shouldWriteOneEntryForAnEvent() {
        stage.event(event("s-a", 2, "p-1", "Setup", null, null));

        MeteredStage.Step step = stage.event(event("s-a", 3, "p-1", "Proceeding", null, null));

        assertThat(step.stores().puts()).isEqualTo(1);
        assertThat(step.stores().gets()).isZero();
    }

    @Test
    void shouldWriteNothingForADuplicate() {
        PartyEvent event = event("s-a", 2, "p-1", "Setup", null, null);
        stage.event(event);

        assertThat(stage.event(event)).isEqualTo(MeteredStage.NOTHING);
    }

    @Test
    void shouldReadNothingForAFurtherEventOfASessionThatIsFull() {
        int limit = CallLimits.DEFAULT.sessionEvents();
        for (int i = 0; i <= limit; i++) {
            stage.event(event("s-full", 2 + i, "p-1", "Answered", null, null));
        }
        // More than lie in memory with their events.
        for (int i = 0; i < 5_000; i++) {
            stage.event(event("s-" + i, 2, "p-1", "Answered", null, null));
        }

        MeteredStage.Step further = stage.event(event("s-full", 3 + limit, "p-1", "Answered", null, null));

        assertThat(further).isEqualTo(MeteredStage.NOTHING);
    }

    @Test
    void shouldSpendNoMoreOnASessionBeyondItsLimitThanOnOneWithin() {
        int limit = CallLimits.DEFAULT.sessionEvents();
        MeteredStage.Step beyond = MeteredStage.NOTHING;

        for (int i = 0; i < limit + 1_000; i++) {
            stage.now += 1;
            PartyEvent event = event("s-a", 2 + i, "p-" + i % 4, i % 2 == 0 ? "Answered" : "Hold", null, null);
            MeteredStage.Step step = stage.event(event);
            most = most.max(step);
            if (i > limit) {
                beyond = beyond.max(step);
            }
        }

        assertThat(beyond).isEqualTo(MeteredStage.NOTHING);
        assertThat(stage.sessions().state(key("s-a")).capped()).isTrue();
        assertWithinBudget();
    }

    @Test
    void shouldKeepNoMorePartiesOfASessionThanTheLimit() {
        for (int i = 0; i < 1_500; i++) {
            step(event("s-a", 2 + i, "p-" + i, "Setup", null, null));
        }
        stage.now += CallOptions.DEFAULT.waits().maxIdle().toMillis();
        MeteredStage.Step emitted = stage.due(StepLimits.DEFAULT.timeless());
        MeteredStage.Step held = stage.event(event("s-a", 3_000, "p-0", "Disconnected", null, null));
        stage.now += 10_000;
        MeteredStage.Step revised = stage.due(StepLimits.DEFAULT.timeless());
        assertThat(held.folded()).isZero();
        assertThat(emitted.folded()).isEqualTo(CallLimits.DEFAULT.callParties());
        assertThat(revised.folded()).isEqualTo(CallLimits.DEFAULT.callParties() + 1);
        assertThat(emitted.queueScans()).isEqualTo(1);
        assertThat(emitted.stores().puts()).isLessThanOrEqualTo(PUTS);
        assertThat(emitted.stores().bytes()).isLessThanOrEqualTo(BYTES);
        assertThat(emitted.sent()).isLessThanOrEqualTo(BYTES);
        assertThat(revised.stores().puts()).isLessThanOrEqualTo(PUTS);
        assertThat(revised.sent()).isLessThanOrEqualTo(BYTES);

        assertThat(stage.sessions().state(key("s-a")).size().parties()).isEqualTo(CallLimits.DEFAULT.callParties());
        assertThat(stage.sessions().state(key("s-a")).capped()).isTrue();
        assertWithinBudget();
    }

    @Test
    void shouldCutAChainOfSessions() {
        for (int i = 0; i < 600; i++) {
            step(event("s-" + i, 2, "p-" + i, "Disconnected", "AttendedTransfer", "s-" + (i + 1)));
        }

        assertNoLargerCalls("s-0", "s-99", "s-300", "s-599");
        assertWithinBudget();
    }

    @Test
    void shouldCutAStarOfSessions() {
        step(event("s-hub", 2, "p-hub", "Answered", null, null));
        for (int i = 0; i < 600; i++) {
            step(event("s-" + i, 2, "p-" + i, "Disconnected", "Conference", "s-hub"));
        }

        assertThat(stage.sessions().componentOf(key("s-hub")).seen()).hasSize(CallLimits.DEFAULT.callSessions());
        assertNoLargerCalls("s-0", "s-599");
        assertWithinBudget();
    }

    /** Supervision does not join, but each of the two holds the other's name. */
    @Test
    void shouldKeepNoMoreNamesOfPeersThanTheLimit() {
        step(event("s-hub", 2, "p-hub", "Answered", null, null));
        for (int i = 0; i < 600; i++) {
            step(event("s-" + i, 2, "p-" + i, "Disconnected", "Supervising", "s-hub"));
        }

        assertThat(stage.sessions().state(key("s-hub")).ties()).hasSize(GrowthLimits.MOST_TIES);
        assertWithinBudget();
    }

    /** Each call is within the limits, and both together are not: in sessions, in events, in parties. */
    @Test
    void shouldNotJoinTwoCallsThatAreTooLargeTogether() {
        for (String call : List.of("a", "b")) {
            for (int i = 0; i < 600; i++) {
                step(event("s-" + call, 2 + i, "p-" + call + i, "Setup", null, null));
            }
        }

        MeteredStage.Step joining = stage.event(event("s-a", 602, "p-a0", "Gone", "AttendedTransfer", "s-b"));

        most = most.max(joining);
        assertThat(stage.sessions().componentOf(key("s-a")).seen()).containsExactly("s-a");
        assertThat(stage.sessions().state(key("s-a")).capped()).isTrue();
        assertThat(stage.sessions().state(key("s-b")).capped()).isTrue();
        assertWithinBudget();
    }

    /** One event that tells that a supervisor took over joins all that it supervised. */
    @Test
    void shouldNotTakeAnEventThatJoinsTooManyCallsAtOnce() {
        int supervised = 150;
        for (int i = 0; i < supervised; i++) {
            step(event("s-" + i, 2, "p-" + i, "Answered", null, null));
            step(event("s-sup", 2 + i, "p-sup", "Answered", "Supervising", "s-" + i));
        }
        assertThat(stage.sessions().componentOf(key("s-sup")).seen()).containsExactly("s-sup");

        step(event("s-sup", 2 + supervised, "p-sup", "Answered", "TakeOver", null));

        assertThat(stage.sessions().componentOf(key("s-sup")).seen()).containsExactly("s-sup");
        assertThat(stage.sessions().state(key("s-sup")).capped()).isTrue();
        assertWithinBudget();
    }

    @Test
    void shouldEndAStepOfDueWorkAfterSoManyEntries() {
        finished(3_000);
        stage.now += CallOptions.DEFAULT.lateWindow().toMillis();

        int steps = 0;
        for (MeteredStage.Step step = stage.due(StepLimits.DEFAULT.timeless());
                step.stores().puts() > 0;
                step = stage.due(StepLimits.DEFAULT.timeless())) {
            most = most.max(step);
            steps++;
        }

        assertThat(steps).isBetween(3, 4);
        assertThat(most.stores().puts()).isLessThanOrEqualTo(8 * StepLimits.DEFAULT.entries());
        assertThat(stage.sessions().state(key("s-2999")).closed()).isTrue();
    }

    @Test
    void shouldEndAStepOfGivenUpGapsAfterSoManyEvents() {
        for (int i = 0; i < 50; i++) {
            List<PartyEvent> behindAGap = new ArrayList<>();
            for (int party = 0; party < 200; party++) {
                behindAGap.add(MeteredStage.event("s-" + i, 9, "p-" + party, "Setup", null, null));
            }
            stage.notification(behindAGap);
        }
        stage.now += CallOptions.DEFAULT.gapGrace().toMillis();

        MeteredStage.Step first = stage.sourceTime();

        // Five sessions with their slots, of fifty.
        assertThat(first.stores().puts()).isBetween(5 * 13, 5 * 13 + 10);
    }

    @Test
    void shouldEndAStepOfDueWorkAfterSoMuchTime() {
        finished(10);
        stage.now += CallOptions.DEFAULT.lateWindow().toMillis();
        AtomicLong nanos = new AtomicLong();
        // Each look at this clock takes 60 ms.
        StepLimits limits = new StepLimits(
                1_000,
                Duration.ofMillis(200),
                () -> nanos.getAndAdd(Duration.ofMillis(60).toNanos()));

        stage.due(limits);

        long closed = 0;
        for (int i = 0; i < 10; i++) {
            closed += stage.sessions().state(key("s-" + i)).closed() ? 1 : 0;
        }
        assertThat(closed).isBetween(1L, 4L);
        stage.dueAll();
        assertThat(stage.sessions().state(key("s-9")).closed()).isTrue();
    }

    @Test
    void shouldNotSpendMoreOnAClosingTheMoreCallsWereClosedBefore() {
        finished(1_500);
        stage.now += CallOptions.DEFAULT.lateWindow().toMillis();
        StepLimits hundred = new StepLimits(100, Duration.ofDays(1), () -> 0);
        stage.due(hundred);
        MeteredStage.Step first = stage.due(hundred);
        for (int i = 0; i < 10; i++) {
            stage.due(hundred);
        }

        MeteredStage.Step last = stage.due(hundred);

        assertThat(last.stores().puts()).isPositive().isEqualTo(first.stores().puts());
        assertThat(last.stores().gets()).isEqualTo(first.stores().gets());
        assertThat(last.stores().scans()).isZero();
        assertThat(last.queueScans()).isLessThanOrEqualTo(2);
    }

    /** A session that is not in memory is read by its keys, too. */
    @Test
    void shouldNotScanForASessionThatIsReadAgain() {
        stage.event(event("s-a", 2, "p-1", "Answered", null, null));
        stage.event(event("s-a", 3, "p-2", "Answered", "AttendedTransfer", "s-b"));
        SessionStore restarted = new SessionStore(stage.sessionStore);
        assertThat(stage.sessionStore.take().scans())
                .as("for the slots, at the start")
                .isEqualTo(1);

        assertThat(restarted.get(key("s-a")).session().events()).hasSize(2);
        assertThat(restarted.componentOf(key("s-b")).seen()).containsExactly("s-a");
        assertThat(stage.sessionStore.take().scans()).isZero();
    }

    @Test
    void shouldNotLookAtWhatAQueueHandledBeforeARestart() {
        DueQueue queue = new DueQueue(stage.dueStore);
        for (int i = 0; i < 3_000; i++) {
            queue.add(1_000 + i, key("s-" + i));
        }
        StepLimits all = new StepLimits(5_000, Duration.ofDays(1), () -> 0);
        queue.processDue(1_000 + 2_499, all.begin(), entry -> {});
        // As RocksDB has tombstones there, an entry before the position would be found by stepping over them.
        stage.dueStore.put(StoreKeys.due(500, key("s-stepped-over")), new byte[] {1});
        List<Long> found = new ArrayList<>();

        new DueQueue(stage.dueStore).processDue(Long.MAX_VALUE - 1, all.begin(), entry -> found.add(entry.time()));

        assertThat(found).hasSize(500).doesNotContain(500L);
    }

    private void finished(int calls) {
        for (int i = 0; i < calls; i++) {
            step(event("s-" + i, 2, "p-" + i + "-1", "Disconnected", null, null));
            step(event("s-" + i, 3, "p-" + i + "-2", "Disconnected", null, null));
        }
        stage.now += 10_000;
        stage.dueAll();
        stage.taken();
        most = MeteredStage.NOTHING;
    }

    private void step(PartyEvent event) {
        most = most.max(stage.event(event));
    }

    private void assertNoLargerCalls(String... ids) {
        for (String id : ids) {
            assertThat(stage.sessions().componentOf(key(id)).seen())
                    .hasSizeLessThanOrEqualTo(CallLimits.DEFAULT.callSessions());
        }
    }

    private void assertWithinBudget() {
        assertThat(most.stores().scans()).isZero();
        assertThat(most.queueScans()).isZero();
        assertThat(most.stores().gets()).isLessThanOrEqualTo(GETS);
        assertThat(most.stores().puts()).isLessThanOrEqualTo(PUTS);
        assertThat(most.folded()).isLessThanOrEqualTo(FOLDED);
        assertThat(most.stores().bytes()).isLessThanOrEqualTo(BYTES);
        assertThat(most.sent()).isLessThanOrEqualTo(BYTES);
    }

    private static SessionKey key(String session) {
        return new SessionKey(MeteredStage.ACCOUNT, session);
    }
}

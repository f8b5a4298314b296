package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.event.PartyEvent;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topology.CallsFold;
import io.callweave.topology.RestartedStage;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.feedgap.KnownGaps;
import io.callweave.topology.message.StageOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records of other rules or settings cannot be compared: the next event of a call emits its record again. */
class FoldVersionTest {

    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();

    /** Of a size that no record here reaches, so that all records stay as they are. */
    private static final CallLimits OTHER = new CallLimits(
            CallLimits.DEFAULT.sessionEvents(),
            CallLimits.DEFAULT.callSessions(),
            CallLimits.DEFAULT.callEvents(),
            CallLimits.DEFAULT.recordBytes() - 1);

    private final RestartedStage stage = new RestartedStage();

    @BeforeEach
    void emitOnce() {
        CALL.notifications().forEach(notification -> stage.receive(notification.bytes()));
        assertThat(stage.takenCalls()).hasSize(1);
        stage.pass(1_000);
        stage.taken();
    }

    @Test
    void shouldTellSettingsApartThatOnlyChangePlaces() {
        CallRules some = new CallRules(true, Map.of("809646016", true, "37439510", false));
        CallRules others = new CallRules(true, Map.of("809646016", false, "37439510", true));

        assertThat(FoldVersion.of(some, 1)).isNotEqualTo(FoldVersion.of(others, 1));
        assertThat(FoldVersion.of(some, 1)).isEqualTo(FoldVersion.of(some, 1));
    }

    @Test
    void shouldSayNothingByItselfUnderAnotherVersion() {
        stage.restart(OTHER);
        stage.pass(60_000);
        CALL.notifications().forEach(notification -> stage.receive(notification.bytes()));
        stage.pass(CallOptions.DEFAULT.waits().maxIdle().toMillis());

        assertThat(stage.taken()).isEmpty();
    }

    /** A start looks for calls that overlap gaps, and must not take all that it looks at for changed. */
    @Test
    void shouldSayNothingOfAGapThatTheCallDoesNotOverlap() {
        stage.restart(OTHER, gap(CALL.notifications().get(0).eventTime().minusSeconds(3_600)));
        stage.pass(60_000);

        assertThat(stage.taken()).isEmpty();
    }

    /** Of a large call, an event may wait for its revision when the gap is looked at. */
    @Test
    void shouldStillEmitWhatIsHeldBack() {
        RestartedStage large = new RestartedStage();
        large.restart(TopologyKit.spacedFrom(1, CallLimits.DEFAULT));
        CALL.notifications().forEach(notification -> large.receive(notification.bytes()));
        large.receive(changed());
        assertThat(large.takenCalls()).as("the second one is held back").hasSize(1);

        large.restart(
                TopologyKit.spacedFrom(1, OTHER),
                gap(CALL.notifications().get(0).eventTime().minusSeconds(3_600)));
        large.pass(100);
        assertThat(large.takenCalls()).isEmpty();
        large.pass(20_000);

        assertThat(large.takenCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.revision()).isEqualTo(2));
    }

    @Test
    void shouldSayThatTheCallOverlapsAGap() {
        stage.restart(OTHER, gap(CALL.notifications().get(0).eventTime()));
        stage.pass(60_000);

        assertThat(stage.takenCalls()).singleElement().satisfies(call -> {
            assertThat(call.revision()).isEqualTo(2);
            assertThat(call.feedGap()).isEqualTo("gap");
        });
        stage.restart(CallLimits.DEFAULT, gap(CALL.notifications().get(0).eventTime()));
        stage.pass(60_000);

        assertThat(stage.taken()).as("it is said").isEmpty();
    }

    @Test
    void shouldEmitTheNextRevisionWithANewEventUnderAnotherVersion() {
        stage.restart(OTHER);
        byte[] event = changed();
        stage.receive(event);

        List<StageOutput.CallEmission> emitted = stage.takenCalls();
        assertThat(emitted).singleElement().satisfies(call -> {
            assertThat(call.revision()).isEqualTo(2);
            assertThat(call.reason()).isEqualTo(CompletionReason.REVISED);
        });

        stage.receive(event);
        stage.restart(OTHER);
        stage.receive(event);
        assertThat(stage.takenCalls()).isEmpty();
    }

    @Test
    void shouldGoOnAsBeforeUnderTheSameVersion() {
        stage.restart(CallLimits.DEFAULT);
        CALL.notifications().forEach(notification -> stage.receive(notification.bytes()));
        assertThat(stage.taken()).isEmpty();

        stage.receive(changed());

        assertThat(stage.takenCalls()).isEmpty();
    }

    /** A call of which each of two sessions went out for itself, and that is found to be one under another version. */
    @Test
    void shouldSupersedeWithTheNextRevisionUnderAnotherVersion() {
        PhoneCall transfer = call().inbound("+15550100002")
                .answeredBy("104")
                .attendedTransferTo("106")
                .hangUp();
        RestartedStage two = new RestartedStage();
        CallsFold fold = new CallsFold();
        List<Notification> naming = transfer.notifications().stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .toList();
        assertThat(naming).isNotEmpty();
        transfer.notifications().stream()
                .filter(notification -> !naming.contains(notification))
                .forEach(notification -> two.receive(notification.bytes()));
        two.pass(CallOptions.DEFAULT.waits().maxIdle().toMillis() + 1);
        add(two, fold);
        assertThat(fold.records()).hasSize(2);

        two.restart(OTHER);
        naming.forEach(notification -> two.receive(notification.bytes()));
        two.pass(CallOptions.DEFAULT.waits().maxIdle().toMillis() + 1);
        add(two, fold);

        assertThat(fold.records()).isEqualTo(AssembledCalls.of(transfer.notifications()));
    }

    @Test
    void shouldBeAnotherOneWithEachSettingThatChangesRecords() {
        CallRules rules = CallRules.DEFAULT;
        CallRules gapless = new CallRules(!rules.gapsCountByDefault(), rules.gapsCountByAccount());
        CallRules gaplessAccount = new CallRules(rules.gapsCountByDefault(), Map.of("1", !rules.gapsCountByDefault()));

        assertThat(List.of(
                        FoldVersion.of(rules, 1_000),
                        FoldVersion.of(gapless, 1_000),
                        FoldVersion.of(gaplessAccount, 1_000),
                        FoldVersion.of(rules, 1_001)))
                .doesNotHaveDuplicates();
        assertThat(FoldVersion.of(rules, 1_000))
                .as("as in any other JVM: it is kept")
                .isEqualTo(FoldVersion.of(new CallRules(rules.gapsCountByDefault(), Map.of()), 1_000));
    }

    /** One of a second. It ends within the late window of the stage's clock. */
    private static KnownGaps gap(Instant begin) {
        String account = CALL.notifications().get(0).account();
        long from = begin.toEpochMilli();
        long to = from + 1_000;
        return new KnownGaps() {
            @Override
            public @Nullable String overlapping(String accountId, long since, long until) {
                return accountId.equals(account) && since <= to && until >= from ? "gap" : null;
            }

            @Override
            public List<Arrival> after(long number) {
                return number == 0 ? List.of(new Arrival(1, account, from, to)) : List.of();
            }
        };
    }

    private static void add(RestartedStage stage, CallsFold fold) {
        stage.takenCalls()
                .forEach(call ->
                        fold.add(StageOutput.callKey(call.accountId(), call.callId()), RestartedStage.json(call)));
    }

    /** The first event with another body, which counts instead of it, and of which no record shows anything. */
    private static byte[] changed() {
        Notification setup = CALL.notifications().get(0);
        PartyEvent known = event(setup.bytes());
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> TopologyKit.edited(
                                setup, tree -> TopologyKit.party(tree).put("x", i))
                        .bytes())
                .filter(notification -> event(notification).supersedes(known))
                .findFirst()
                .orElseThrow();
    }

    private static PartyEvent event(byte[] notification) {
        return new NotificationReader().read(notification).events().get(0);
    }
}

package io.callweave.topology;

import static io.callweave.simulation.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.Notification;
import io.callweave.simulation.PhoneCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code live-calls}: calls as they go on, not too often, and gone from there when they are finished. */
class LiveCallsTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall TRANSFER =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();
    private static final Duration INTERVAL = Duration.ofMillis(Timing.DEFAULT.liveInterval());
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldGiveOutACallAtOnceWithItsFirstEvent() {
        kit.receive(CALL.notifications().get(0));

        assertThat(kit.liveCalls()).singleElement().satisfies(live -> {
            assertThat(live.key()).isEqualTo(key(CALL, 0));
            assertThat(live.text("status")).isEqualTo("live");
            assertThat(live.tree().path("revision").asInt(-1)).isZero();
            assertThat(live.text("result")).isEqualTo("In Progress");
            assertThat(live.tree().path("endTime").isNull()).isTrue();
            assertThat(live.tree().path("incomplete"))
                    .extracting(reason -> reason.asText())
                    .containsExactly("noFinalStatus");
            assertThat(live.timestamp()).isEqualTo(kit.wall());
            assertThat(live.headers())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            Headers.SCHEMA_VERSION,
                            "1",
                            Headers.LAST_RECEIVED_AT,
                            TopologyKit.time(TopologyKit.RECEIVED),
                            Headers.EPOCH,
                            Long.toString(TopologyKit.WALL.toEpochMilli())));
        });
        assertThat(kit.emitted()).isEmpty();
    }

    @Test
    void shouldCountDurationsUpToTheLatestEvent() {
        Notification last = CALL.notifications().get(4);

        CALL.notifications()
                .subList(0, 5)
                .forEach(notification -> kit.receive(notification).pass(INTERVAL));

        List<TopologyKit.Sent> live = kit.liveCalls();
        assertThat(live).hasSize(5);
        assertThat(live.get(4).tree().path("durationMs").asLong())
                .isEqualTo(Duration.between(CALL.startTime(), last.eventTime()).toMillis());
    }

    @Test
    void shouldHoldBackFurtherRecordsUntilTheIntervalIsOver() {
        List<Notification> sent = CALL.notifications();
        kit.receive(sent.get(0));
        assertThat(kit.liveCalls()).hasSize(1);
        kit.receive(sent.get(1)).pass(INTERVAL.minus(MOMENT));
        kit.receive(sent.get(2));
        assertThat(kit.liveCalls()).isEmpty();

        kit.pass(MOMENT);

        assertThat(kit.liveCalls())
                .singleElement()
                .satisfies(live -> assertThat(partyEvents(live)).isEqualTo(3));
        assertThat(kit.pass(INTERVAL).liveCalls()).isEmpty();
    }

    @Test
    void shouldGiveOutACallAtOnceThatHasBeenQuiet() {
        kit.receive(CALL.notifications().get(0)).pass(INTERVAL).liveCalls();

        kit.receive(CALL.notifications().get(1));

        assertThat(kit.liveCalls()).hasSize(1);
    }

    @Test
    void shouldNotLetOneCallHoldBackAnother() {
        PhoneCall other = call().seeded(2).inbound(CUSTOMER).answeredBy("105").hangUp();

        kit.receive(CALL.notifications().get(0)).receive(other.notifications().get(0));

        assertThat(kit.liveCalls()).extracting(TopologyKit.Sent::key).containsExactly(key(CALL, 0), key(other, 0));
    }

    @Test
    void shouldTakeACallBackWhenItIsFinishedAndSayNothingAfterThat() {
        kit.receive(CALL);

        List<TopologyKit.Sent> live = kit.liveCalls();
        assertThat(live).hasSize(2);
        assertThat(live.get(1).isTombstone()).isTrue();
        assertThat(live.get(1).key()).isEqualTo(key(CALL, 0));
        assertThat(kit.emitted()).hasSize(1);
        assertThat(kit.passUntilNothingWaits().liveCalls()).isEmpty();
        assertThat(kit.entries(StoreNames.SESSIONS, StoreKeys.Kind.LIVE)).isZero();
    }

    @Test
    void shouldTakeACallBackThatWasWaitedForInVain() {
        kit.receive(CALL.notifications().subList(0, 3)).pass(INTERVAL).liveCalls();

        kit.passUntilNothingWaits();

        assertThat(kit.liveCalls()).singleElement().satisfies(live -> {
            assertThat(live.isTombstone()).isTrue();
            assertThat(live.key()).isEqualTo(key(CALL, 0));
        });
    }

    @Test
    void shouldNeverGoLiveAgainAfterTheFirstRecord() {
        kit.receive(CALL.notifications().subList(0, 3)).passUntilNothingWaits().liveCalls();

        CALL.notifications().forEach(notification -> kit.receive(notification).pass(INTERVAL));

        assertThat(kit.liveCalls()).isEmpty();
        assertThat(kit.emitted()).isNotEmpty();
    }

    @Test
    void shouldTakeACallBackThatTurnsOutToBePartOfAnother() {
        List<Notification> second = session(1);
        Notification naming = second.stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .findFirst()
                .orElseThrow();
        second.subList(0, second.indexOf(naming)).forEach(kit::receive);
        session(0).subList(0, 4).forEach(kit::receive);
        kit.pass(INTERVAL);
        assertThat(live()).containsOnlyKeys(key(TRANSFER, 0), key(TRANSFER, 1));

        kit.receive(naming).pass(INTERVAL);

        List<TopologyKit.Sent> sent = kit.liveCalls();
        assertThat(sent)
                .filteredOn(TopologyKit.Sent::isTombstone)
                .extracting(TopologyKit.Sent::key)
                .containsExactly(key(TRANSFER, 1));
        assertThat(sent)
                .filteredOn(record -> !record.isTombstone())
                .extracting(TopologyKit.Sent::key)
                .containsExactly(key(TRANSFER, 0));
    }

    @Test
    void shouldTakeACallBackWhoseEarlierSessionIsSeenLater() {
        session(1).subList(0, 2).forEach(kit::receive);
        session(1).stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .limit(1)
                .forEach(kit::receive);
        kit.pass(INTERVAL);
        assertThat(live()).containsOnlyKeys(key(TRANSFER, 1));

        kit.receive(session(0).get(0)).pass(INTERVAL);

        Map<String, Boolean> now = new TreeMap<>();
        kit.liveCalls().forEach(record -> now.put(record.key(), !record.isTombstone()));
        assertThat(now).isEqualTo(Map.of(key(TRANSFER, 0), true, key(TRANSFER, 1), false));
    }

    /** Key by key, whether the last record is a call. */
    private Map<String, Boolean> live() {
        Map<String, Boolean> live = new TreeMap<>();
        kit.liveCalls().forEach(record -> live.put(record.key(), !record.isTombstone()));
        live.values().removeIf(isLive -> !isLive);
        return live;
    }

    private static int partyEvents(TopologyKit.Sent live) {
        return live.tree().at("/sessions/0/partyEvents").asInt();
    }

    private static List<Notification> session(int session) {
        String id = TRANSFER.telephonySessionIds().get(session);
        return TRANSFER.notifications().stream()
                .filter(notification -> notification.telephonySessionId().equals(id))
                .toList();
    }

    private static String key(PhoneCall call, int session) {
        return call.account().id() + "/" + call.telephonySessionIds().get(session);
    }
}

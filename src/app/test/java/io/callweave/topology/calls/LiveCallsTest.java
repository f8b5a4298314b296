package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static io.callweave.topology.TopologyKit.key;
import static io.callweave.topology.TopologyKit.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallLimits;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
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
    private static final Duration INTERVAL = CallOptions.DEFAULT.liveInterval();
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
            assertThat(live.text("state")).isEqualTo("connecting");
            assertThat(live.text("since")).isEqualTo(live.text("startTime"));
            assertThat(live.tree().path("sessions"))
                    .extracting(session -> session.asText())
                    .containsExactly(CALL.telephonySessionIds().get(0));
            assertThat(live.timestamp()).isEqualTo(kit.wall());
            assertThat(live.headers())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            Headers.ACCOUNT,
                            "809646016",
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
    void shouldTellEachStateAndWhenItBegan() {
        CALL.notifications().forEach(notification -> kit.receive(notification).pass(INTERVAL));

        List<TopologyKit.Sent> live =
                kit.liveCalls().stream().filter(sent -> !sent.isTombstone()).toList();
        assertThat(live)
                .extracting(sent -> sent.text("state"))
                .startsWith("connecting")
                .containsSubsequence("connecting", "ringing", "talking");
        assertThat(live)
                .filteredOn(sent -> sent.text("state").equals("talking"))
                .isNotEmpty()
                .allSatisfy(sent -> assertThat(sent.text("since")).isEqualTo(sent.text("answerTime")));
    }

    @Test
    void shouldLeaveOutThePartiesOfAValueThatIsTooLarge() {
        try (TopologyKit small = new TopologyKit(CallOptions.DEFAULT.with(new CallLimits(2_000, 100, 5_000, 300)))) {
            small.receive(CALL.notifications().get(0));

            assertThat(small.liveCalls())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.tree().path("parties")).isEmpty());
        }
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
                .satisfies(live -> assertThat(
                                live.tree().at("/parties/0/status").asText())
                        .as("of the caller, after three events")
                        .isEqualTo(sent.get(2).party().at("/status/code").asText()));
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
        assertThat(kit.sessions())
                .allSatisfy(session -> assertThat(session.state().liveIn()).isNull());
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
        List<Notification> second = session(TRANSFER, 1);
        Notification naming = second.stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .findFirst()
                .orElseThrow();
        second.subList(0, second.indexOf(naming)).forEach(kit::receive);
        session(TRANSFER, 0).subList(0, 4).forEach(kit::receive);
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

    /** By others that stand before it each time, so that it gets their ids. */
    @Test
    void shouldSpaceOutHowOthersJoinALiveCallAndLeaveItAgain() {
        kit.receive(notification("s-0", "Answered", "2026-03-02T09:00:00Z", ""));
        kit.pass(INTERVAL).liveCalls();

        for (int i = 1; i <= 20; i++) {
            String other = "s-" + i;
            kit.receive(
                    notification(
                            other,
                            "Disconnected",
                            "2026-03-02T08:59:00Z",
                            ",\"reason\":\"AttendedTransfer\",\"peerId\":{\"telephonySessionId\":\"s-0\",\"partyId\":\"p-of-s-0\"}"));
            // The greatest of the bodies counts: one of these.
            for (int j = 0; j < 60; j++) {
                kit.receive(notification(other, "Disconnected", "2026-03-02T08:59:00Z", "},\"more\":{\"no\":" + j));
            }
            kit.pass(INTERVAL.dividedBy(10));
        }
        kit.pass(INTERVAL);

        assertThat(kit.liveCalls())
                .filteredOn(each -> !each.isTombstone()
                        && each.tree().path("sessions").toString().contains("\"s-0\""))
                .hasSizeBetween(2, 6);
    }

    @Test
    void shouldTakeACallBackWhoseEarlierSessionIsSeenLater() {
        session(TRANSFER, 1).subList(0, 2).forEach(kit::receive);
        session(TRANSFER, 1).stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .limit(1)
                .forEach(kit::receive);
        kit.pass(INTERVAL);
        assertThat(live()).containsOnlyKeys(key(TRANSFER, 1));

        kit.receive(session(TRANSFER, 0).get(0)).pass(INTERVAL);

        Map<String, Boolean> now = new TreeMap<>();
        kit.liveCalls().forEach(record -> now.put(record.key(), !record.isTombstone()));
        assertThat(now).isEqualTo(Map.of(key(TRANSFER, 0), true, key(TRANSFER, 1), false));
    }

    @Test
    void shouldHoldBackFurtherRecordsOfACallOfTwoSessions() {
        List<Notification> first = session(TRANSFER, 0);
        List<Notification> second = session(TRANSFER, 1);
        first.subList(0, 3).forEach(kit::receive);
        second.stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .limit(1)
                .forEach(kit::receive);
        kit.pass(INTERVAL).pass(INTERVAL).liveCalls();
        kit.receive(first.get(3));
        assertThat(kit.liveCalls()).extracting(TopologyKit.Sent::key).containsExactly(key(TRANSFER, 0));

        kit.receive(second.get(0)).receive(first.get(4));

        assertThat(kit.liveCalls()).isEmpty();
        kit.pass(INTERVAL);
        assertThat(kit.liveCalls()).extracting(TopologyKit.Sent::key).containsExactly(key(TRANSFER, 0));
    }

    private static byte[] notification(String session, String status, String eventTime, String more) {
        return """
                {"event":"/restapi/v1.0/account/400001001/telephony/sessions","timestamp":"2026-03-02T09:00:00Z",\
                "body":{"telephonySessionId":"%s","sequence":2,"eventTime":"%s","parties":[\
                {"id":"p-of-%s","extensionId":"104","direction":"Inbound","status":{"code":"%s"%s}}]}}
                """.formatted(session, eventTime, session, status, more).strip().getBytes(UTF_8);
    }

    /** Key by key, whether the last record is a call. */
    private Map<String, Boolean> live() {
        Map<String, Boolean> live = new TreeMap<>();
        kit.liveCalls().forEach(record -> live.put(record.key(), !record.isTombstone()));
        live.values().removeIf(isLive -> !isLive);
        return live;
    }
}

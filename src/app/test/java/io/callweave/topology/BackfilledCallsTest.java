package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.CallLimits;
import io.callweave.call.completion.CompletionReason;
import io.callweave.topology.message.StageOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When RingCentral's Call Log makes a call, and what becomes of it when events come late. */
class BackfilledCallsTest {

    private static final long MINUTE = 60_000;
    private static final String PEER =
            ",\"reason\":\"AttendedTransfer\",\"peerId\":{\"telephonySessionId\":\"s-a\",\"partyId\":\"p-a-1\"}";

    private final RestartedStage stage = new RestartedStage();

    @BeforeEach
    void begin() {
        stage.pass(30 * MINUTE);
    }

    @Test
    void shouldMakeACallWhenNoEventHasCome() {
        receive(logged("9", "s-a", ""));
        stage.pass(14 * MINUTE);
        assertThat(stage.takenCalls()).isEmpty();
        stage.restart(CallLimits.DEFAULT);

        stage.pass(MINUTE);

        assertThat(stage.takenCalls()).singleElement().satisfies(call -> {
            assertThat(call.reason()).isEqualTo(CompletionReason.BACKFILL);
            assertThat(call.revision()).isEqualTo(1);
            assertThat(call.lastReceivedAt()).isEqualTo(RestartedStage.START + 30 * MINUTE);
            assertThat(RestartedStage.json(call)).contains("\"status\":\"backfilled\"");
        });
        stage.pass(Duration.ofHours(60).toMillis());
        assertThat(stage.takenCalls()).isEmpty();
    }

    @Test
    void shouldMakeOneRevisionOfFurtherLogRecords() {
        receive(logged("9", "s-a", ""));
        stage.pass(20 * MINUTE);
        stage.taken();

        receive(logged("8", "s-a", ""));
        receive(logged("9", "s-a", ",\"lastModifiedTime\":\"2026-03-02T12:00:00Z\""));
        stage.pass(MINUTE);

        assertThat(stage.takenCalls()).singleElement().satisfies(call -> {
            assertThat(call.reason()).isEqualTo(CompletionReason.REVISED);
            assertThat(call.revision()).isEqualTo(2);
            assertThat(RestartedStage.json(call)).contains("\"id\":\"8\"").contains("\"status\":\"backfilled\"");
        });
    }

    @Test
    void shouldMakeAnOrdinaryCallOfWhatEventsTellLater() {
        receive(logged("9", "s-a", ""));
        stage.pass(20 * MINUTE);
        stage.taken();

        receive(event("s-a", 2, "Answered", ""));
        stage.pass(MINUTE);
        stage.restart(CallLimits.DEFAULT);
        receive(event("s-a", 3, "Disconnected", ""));
        List<StageOutput> waiting = stage.taken();
        stage.pass(MINUTE);

        assertThat(RestartedStage.only(StageOutput.CallEmission.class, waiting)).isEmpty();
        assertThat(RestartedStage.only(StageOutput.LiveUpdate.class, waiting)).isEmpty();
        assertThat(stage.takenCalls()).singleElement().satisfies(call -> {
            assertThat(call.reason()).isEqualTo(CompletionReason.LINGER);
            assertThat(call.revision()).isEqualTo(2);
            assertThat(RestartedStage.json(call))
                    .contains("\"status\":\"complete\"")
                    .contains("\"callLog\":[{\"id\":\"9\"");
        });
    }

    @Test
    void shouldEndALiveCallThatTurnsOutToBeOneWithIt() {
        receive(event("s-b", 2, "Answered", ""));
        receive(logged("9", "s-a", ""));
        stage.pass(20 * MINUTE);
        receive(event("s-b", 3, "Gone", PEER));
        stage.taken();

        receive(event("s-a", 2, "Answered", ""));
        stage.pass(MINUTE);

        assertThat(RestartedStage.only(StageOutput.LiveUpdate.class, stage.taken()))
                .singleElement()
                .satisfies(live -> {
                    assertThat(live.callId()).isEqualTo("s-b");
                    assertThat(live.json()).isNull();
                });
    }

    @Test
    void shouldMakeNoCallOfWhatAnotherCallNames() {
        receive(event("s-b", 2, "Answered", ""));
        receive(event("s-b", 3, "Gone", PEER));
        stage.pass(MINUTE);
        assertThat(stage.takenCalls()).hasSize(1);

        receive(logged("9", "s-a", ""));
        stage.pass(30 * MINUTE);

        assertThat(stage.takenCalls()).singleElement().satisfies(call -> {
            assertThat(call.callId()).isEqualTo("s-b");
            assertThat(call.reason()).isEqualTo(CompletionReason.REVISED);
            assertThat(call.artifactsOnly()).isTrue();
            assertThat(RestartedStage.json(call)).contains("\"telephonySessionId\":\"s-a\",\"direction\"");
        });
    }

    @Test
    void shouldSupersedeWhatTurnsOutToBePartOfAnotherCall() {
        receive(logged("9", "s-a", ""));
        stage.pass(20 * MINUTE);
        receive(event("s-b", 2, "Answered", ""));
        receive(event("s-b", 3, "Gone", PEER));
        stage.taken();

        stage.pass(MINUTE);

        assertThat(stage.takenCalls())
                .extracting(call -> call.callId() + " " + call.revision() + " " + call.reason())
                .containsExactlyInAnyOrder("s-b 1 PEER_WAIT", "s-a 2 SUPERSEDED");
    }

    /** Of different bodies of an event, one counts, whichever comes first. */
    @Test
    void shouldBeACallAgainWhenTheOtherOneNoLongerNamesIt() {
        receive(logged("9", "s-a", ""));
        stage.pass(20 * MINUTE);
        receive(event("s-b", 2, "Answered", ""));
        receive(event("s-b", 3, "Gone", PEER));
        stage.pass(MINUTE);
        stage.taken();

        for (int i = 0; i < 20; i++) {
            receive(event("s-b", 3, "Gone", ",\"description\":\"" + i + "\""));
        }
        stage.pass(MINUTE);

        assertThat(stage.takenCalls())
                .filteredOn(call -> call.callId().equals("s-a"))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.revision()).isEqualTo(3);
                    assertThat(RestartedStage.json(call)).contains("\"status\":\"backfilled\"");
                });
    }

    @Test
    void shouldSayOfAClosedOrVeryOldCallThatItIsTooLate() {
        receive(logged("9", "s-a", ""));
        stage.pass(Duration.ofHours(25).toMillis());
        assertThat(stage.takenCalls()).hasSize(1);

        receive(logged("8", "s-a", ""));
        receive(logged("7", "s-old", "").replace("2026-03-02", "2026-02-20"));
        stage.pass(Duration.ofHours(1).toMillis());

        assertThat(stage.fates()).extracting(Enum::name).containsExactly("KEPT", "TOO_LATE", "TOO_LATE");
        assertThat(stage.takenCalls()).isEmpty();
    }

    @Test
    void shouldCountInWindowsByTheResultOfTheLogAndSayTheGap() {
        try (TopologyKit kit = new TopologyKit()) {
            kit.feedGap("1", TopologyKit.RECEIVED, TopologyKit.RECEIVED.plusSeconds(60))
                    .receive(logged("9", "s-a", "").getBytes(UTF_8))
                    .pass(Duration.ofMinutes(16));

            assertThat(kit.emitted()).singleElement().satisfies(call -> {
                assertThat(call.summary()).isEqualTo("1/s-a 1 backfilled backfill");
                assertThat(call.headers()).containsEntry("feedGap", "1/2026-03-02T12:00:00.000Z");
            });
            assertThat(kit.windowMetrics())
                    .filteredOn(window -> window.text("window").equals("PT1H"))
                    .singleElement()
                    .satisfies(window -> {
                        assertThat(window.text("scope")).isEqualTo("account");
                        JsonNode json = window.tree();
                        assertThat(json.path("calls").asInt()).isEqualTo(1);
                        assertThat(json.path("missed").asInt()).isEqualTo(1);
                        assertThat(json.path("partial").asInt()).isEqualTo(1);
                        assertThat(json.at("/duration/sumMs").asInt()).isEqualTo(7_000);
                        assertThat(json.at("/talk/count").asInt()).isZero();
                    });
            assertThat(kit.partyRows()).isEmpty();
        }
    }

    private void receive(String notification) {
        stage.receive(notification.getBytes(UTF_8));
    }

    private static String event(String session, int sequence, String status, String more) {
        return """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","body":{"sequence":%d,"telephonySessionId":"%s",\
                "eventTime":"%s","parties":[{"accountId":"1","id":"%s","direction":"Inbound","extensionId":"101",\
                "status":{"code":"%s"%s}}]}}""".formatted(
                        sequence,
                        session,
                        Instant.ofEpochMilli(RestartedStage.START + sequence * 1_000L),
                        session.replace("s-", "p-") + "-1",
                        status,
                        more);
    }

    private static String logged(String id, String session, String more) {
        return """
                {"event":"/restapi/v1.0/account/1/call-log/%s","body":{"id":"%s","telephonySessionId":"%s",\
                "direction":"Inbound","result":"Missed","startTime":"2026-03-02T12:00:02Z","duration":7%s}}""".formatted(id, id, session, more);
    }
}

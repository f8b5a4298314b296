package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.ExpectedCalls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RingCentral really sent, and what calls it was. */
class RealCallsTest {

    private static final ExpectedCalls GOLDEN = ExpectedCalls.in("golden-calls.ndjson");

    // The three whole flows

    @Test
    void shouldBeTheGoldenCallsInTheOrderOfSending() {
        GOLDEN.assertAre(Assembled.lines(wholeFlows()));
    }

    @Test
    void shouldBeTheGoldenCallsInTheReverseOrder() {
        List<String> lines = wholeFlows();
        Collections.reverse(lines);

        GOLDEN.assertAre(Assembled.lines(lines));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldBeTheSameBytesInAnyOrder(long seed) {
        List<String> inOrder = Assembled.lines(wholeFlows());
        List<String> lines = wholeFlows();
        Collections.shuffle(lines, new Random(seed));

        assertThat(Assembled.lines(lines)).isEqualTo(inOrder);
    }

    @Test
    void shouldBeTheSameBytesIfEverythingComesThreeTimes() {
        List<String> inOrder = Assembled.lines(wholeFlows());
        List<String> lines = wholeFlows();
        lines.addAll(wholeFlows());
        lines.addAll(wholeFlows());
        Collections.shuffle(lines, new Random(9));

        assertThat(Assembled.lines(lines)).isEqualTo(inOrder);
    }

    // What else is public: single notifications of longer calls

    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            FILE,                             ACCOUNT,     DIRECTION, RESULT,         MISSING,   STATUS,     TO
            apidocs-pn_apns-2018,             400144452008, Inbound,  Abandoned,      '[[2,4]]', Proceeding, 102
            jswidgets-inbound-proceeding-2018, 400144452008, Inbound, Missed,         '[[2,4]]', Proceeding, +15550100008
            queue-answered-2026,              62948571023, Inbound,   Accepted,       '[[2,12]]', Answered,  +15550100015
            apidocs-pstn-inbound-setup-2020,  809646016,   Inbound,   Missed,         '[[2,2]]', Setup,      +15550100001
            """)
    void shouldMakeAPartialCallOfTheOneNotificationThatIsPublic(
            String file, String account, String direction, String result, String missing, String status, String to) {
        List<JsonNode> calls = calls(file);

        assertThat(calls).hasSize(1);
        JsonNode call = calls.get(0);
        assertThat(call.path("accountId").asText()).isEqualTo(account);
        assertThat(call.path("status").asText()).isEqualTo("partial");
        assertThat(call.path("incomplete")).hasToString("[\"noFinalStatus\",\"sequenceGap\"]");
        assertThat(call.path("direction").asText()).isEqualTo(direction);
        assertThat(call.path("result").asText()).isEqualTo(result);
        assertThat(call.at("/to/phoneNumber").asText()).isEqualTo(to);
        assertThat(call.path("durationMs").asLong()).isZero();
        assertThat(call.at("/sessions/0/missingSequences")).hasToString(missing);
        assertThat(call.at("/sessions/0/partyEvents").asInt()).isOne();
        assertThat(call.path("parties")).hasSize(1);
        assertThat(call.at("/parties/0/segments/0/status").asText()).isEqualTo(status);
        assertThat(call.at("/parties/0/endTime").isNull()).isTrue();
    }

    @Test
    void shouldTellTheQueueThatAnAgentWasRungBy() {
        assertThat(calls("queue-answered-2026")
                        .get(0)
                        .at("/parties/0/queueExtensionId")
                        .asText())
                .isEqualTo("63298993023");
    }

    @Test
    void shouldNotSayWhetherAPartyIsMutedIfItWasNotSent() {
        assertThat(calls("queue-answered-2026").get(0).at("/parties/0/muted").isNull())
                .isTrue();
        assertThat(calls("apidocs-pstn-inbound-setup-2020").get(0).at("/parties/0/muted"))
                .hasToString("false");
    }

    @Test
    void shouldTellACallToAQueueFromADirectOne() {
        List<JsonNode> calls = calls("tylerlong-direct-vs-queue-2023");

        assertThat(calls).extracting(call -> call.path("result").asText()).containsExactly("Missed", "Abandoned");
        assertThat(calls)
                .extracting(call -> call.at("/parties/0/queueExtensionId").asText(null))
                .containsExactly(null, "62282928016");
    }

    @Test
    void shouldNotJoinTheSessionsOfTwoDifferentTransfers() {
        List<JsonNode> calls = calls("apidocs-warm-transfer-2020");

        assertThat(calls)
                .extracting(call -> call.path("result").asText())
                .containsExactly("Accepted", "Call connected");
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.path("status").asText()).isEqualTo("partial");
            assertThat(call.path("links")).isEmpty();
        });
    }

    @Test
    void shouldMeasureWhatWasSeenOfACallWithAGap() {
        JsonNode call = calls("callcontroljs-outbound-2019").get(0);

        assertThat(call.path("direction").asText()).isEqualTo("Outbound");
        assertThat(call.path("result").asText()).isEqualTo("No Answer");
        assertThat(call.path("durationMs").asLong()).isEqualTo(1_631_512);
        assertThat(call.path("duration").asLong()).isEqualTo(1_631);
        assertThat(call.at("/sessions/0/missingSequences")).hasToString("[[4,7]]");
        assertThat(call.path("parties"))
                .extracting(party -> party.path("endStatus").asText(null))
                .containsExactly("Disconnected", null);
    }

    private static List<JsonNode> calls(String file) {
        return Assembled.trees(ExpectedCalls.lines("real/" + file + ".ndjson"));
    }

    private static List<String> wholeFlows() {
        List<String> lines = new ArrayList<>();
        for (String flow : List.of("csn-pstn-to-rc-ivr", "csn-rc-to-pstn", "csn-rc-to-rc")) {
            lines.addAll(ExpectedCalls.lines("real/" + flow + ".ndjson"));
        }
        return lines;
    }
}

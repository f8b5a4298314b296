package io.callweave.testcalls;

import static io.callweave.simulation.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.CallTruth;
import io.callweave.simulation.Notification;
import io.callweave.simulation.NotificationJson;
import io.callweave.simulation.PhoneCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The truth as it is told, and that the comparison with it would notice something. */
class TruthTest {

    private static final PhoneCall TRANSFERRED = call().inbound("+15550100002")
            .ivr("Main menu")
            .answeredBy("104")
            .after(Duration.ofSeconds(7))
            .attendedTransferTo("106")
            .hangUp()
            .after(Duration.ofSeconds(30));

    private static final String RECORD = Assembled.lines(TRANSFERRED.lines()).get(0);

    @Test
    void shouldTellWhatTheScriptSays() {
        JsonNode truth = tree(TRANSFERRED.truths().get(0));

        assertThat(truth.path("result").asText()).isEqualTo("Accepted");
        assertThat(truth.path("answerTime").asText())
                .isEqualTo(NotificationJson.read(RECORD).path("answerTime").asText());
        assertThat(truth.path("sessions")).hasSize(2);
        assertThat(truth.path("transfers")).hasSize(1);
        assertThat(truth.at("/transfers/0/kind").asText()).isEqualTo("attended");
        assertThat(truth.at("/transfers/0/by/partyId").asText())
                .isEqualTo(TRANSFERRED.partiesOf("104").get(0));
        assertThat(truth.at("/transfers/0/to/partyId").asText())
                .isEqualTo(TRANSFERRED.partiesOf("106").get(0));
    }

    @Test
    void shouldFindNoDifferenceInTheRecordOfTheCall() {
        assertThat(Truth.ofCalls(TRANSFERRED.truths()).differences(List.of(RECORD)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"talkMs\":",
                "\"holdMs\":",
                "\"result\":\"",
                "\"endReason\":\"",
                "\"firstSequence\":",
                "\"kind\":\"",
                "\"transfers\":\\[\\{\"kind\":\"",
                "\"durationMs\":",
                "\"role\":\"",
                "\"status\":\"",
                "\"phoneNumber\":\""
            })
    void shouldNoticeAnotherValue(String field) {
        String changed = RECORD.replaceFirst(field, field + "9");

        assertThat(Truth.ofCalls(TRANSFERRED.truths()).differences(List.of(changed)))
                .isNotEmpty();
    }

    @Test
    void shouldNoticeACallTooManyOrTooFew() {
        Truth truth = Truth.ofCalls(TRANSFERRED.truths());
        String other = RECORD.replaceFirst("\"callId\":\"s-", "\"callId\":\"s-9");

        assertThat(truth.differences(List.of())).hasSize(1);
        assertThat(truth.differences(List.of(RECORD, other))).hasSize(1);
    }

    @Test
    void shouldTellWhatWasLost() {
        List<Notification> all = TRANSFERRED.notifications();
        Notification lost = all.get(4);
        Truth truth = Truth.ofCalls(TRANSFERRED.truths(lost::equals));
        List<String> arrived = all.stream()
                .filter(one -> !one.equals(lost))
                .map(Notification::json)
                .toList();

        assertThat(tree(TRANSFERRED.truths(lost::equals).get(0)).path("dropped").toString())
                .isEqualTo("[{\"telephonySessionId\":\"" + lost.telephonySessionId() + "\",\"sequences\":[["
                        + lost.sequence() + "," + lost.sequence() + "]]}]");
        assertThat(truth.differencesWithLosses(Assembled.lines(arrived))).isEmpty();
        assertThat(truth.differencesWithLosses(List.of(RECORD))).isNotEmpty();
        assertThat(Truth.ofCalls(TRANSFERRED.truths()).differencesWithLosses(Assembled.lines(arrived)))
                .isNotEmpty();
    }

    private static JsonNode tree(CallTruth truth) {
        return NotificationJson.read(truth.json());
    }
}

package io.callweave.simulation.truth;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.Truth;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The truth of a script, and the comparison with it, which must notice differences. */
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
    void shouldAgreeWithTheScript() {
        JsonNode truth = tree(TRANSFERRED.truths().get(0));

        assertThat(truth.path("result").asText()).isEqualTo("Accepted");
        assertThat(truth.path("answerTime").asText())
                .isEqualTo(WireJson.read(RECORD).path("answerTime").asText());
        assertThat(truth.path("sessions")).hasSize(2);
        assertThat(truth.path("transfers")).hasSize(1);
        assertThat(truth.at("/transfers/0/kind").asText()).isEqualTo("attended");
        assertThat(truth.at("/transfers/0/by/partyId").asText())
                .isEqualTo(TRANSFERRED.partiesOf("104").get(0));
        assertThat(truth.at("/transfers/0/to/partyId").asText())
                .isEqualTo(TRANSFERRED.partiesOf("106").get(0));
    }

    @Test
    void shouldListTheLostSequences() {
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
        return WireJson.read(truth.json());
    }
}

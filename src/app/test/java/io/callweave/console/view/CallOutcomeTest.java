package io.callweave.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallOutcomeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"Fax\",\"result\":\"Received\"}|fax",
                "{\"action\":\"Monitoring\",\"answerTime\":\"2026-03-02T09:00:00.000Z\"}|monitoring",
                "{\"direction\":\"Inbound\",\"answerTime\":\"2026-03-02T09:00:00.000Z\"}|answered",
                "{\"direction\":\"Inbound\",\"result\":\"Voicemail\"}|voicemail",
                "{\"direction\":\"Outbound\",\"result\":\"Busy\"}|unanswered",
                "{\"direction\":\"Outbound\",\"internal\":true,\"result\":\"No Answer\"}|missed",
                "{\"direction\":\"Outbound\",\"internal\":true,\"parties\":[{\"queueCall\":true}]}|abandoned",
                "{\"direction\":\"Inbound\",\"result\":\"Abandoned\"}|abandoned",
                "{\"direction\":\"Inbound\",\"result\":\"Missed\"}|missed"
            })
    void shouldCountACallAsTheMetricsDo(String call, String expected) throws JsonProcessingException {
        assertThat(CallOutcome.of(new ObjectMapper().readTree(call)).word()).isEqualTo(expected);
    }
}

package io.callweave.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcludedCallsTest {

    private static final byte[] CALL = """
            {"accountId": "1", "callId": "s-1", "from": {"phoneNumber": "+1 555 0100", "e164": "+15550100"},
             "to": {"phoneNumber": "+15550199", "extensionId": "901"}, "durationMs": 106, "callerName": "901",
             "queues": [{"queueExtensionId": "801", "answerTime": null}],
             "parties": [{"extensionId": "902", "from": {"phoneNumber": "106"}}]}
            """.getBytes(UTF_8);

    private static boolean excludes(String rules, byte[] value) {
        return ExcludedCalls.parse(rules).orElseThrow().excludes(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number:+15550100         | true",
                "number:+1-555-0100       | true",
                "prefix:+1-555-01         | true",
                "number:+1555010          | false",
                "prefix:+1555             | true",
                "prefix:+1556             | false",
                "number:106               | true",
                "extension:901            | true",
                "extension:902            | true",
                "extension:801            | true",
                "extension:903            | false",
                "queue:801                | true",
                "queue:802                | false",
                "1/queue:801              | true",
                "2/queue:801              | false",
                "2/queue:801, number:+15550199 | true"
            })
    void shouldExcludeCallsThatNameANumberAnExtensionOrAQueueAnywhere(String rules, boolean excluded) {
        assertThat(excludes(rules, CALL)).isEqualTo(excluded);
    }

    @ParameterizedTest
    @CsvSource({
        "queue:801, true",
        "queue:802, false",
        "extension:901, true",
        "number:15550100, true",
        "number:+442079460018, true",
        "number:+15550100007, true",
        "prefix:+44207, true"
    })
    void shouldReadPartiesAsRingCentralSendsThem(String rule, boolean excluded) {
        byte[] event = """
                {"accountId": "1", "party": {"extensionId": 901, "queueCall": true,
                 "from": {"phoneNumber": 15550100}, "to": {"extensionId": 801, "phoneNumber": "+44 20 7946 0018"},
                 "other": {"phoneNumber": " (+1) 555-010-0007 *12"}}}
                """.getBytes(UTF_8);

        assertThat(excludes(rule, event)).isEqualTo(excluded);
    }

    /** Not each of them is a valid number, and so has a normal form of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 (555) 010-0002",
                "+1.555.010.0002",
                "+1\u00a0555\u00a00100002",
                "+1[555]\u2010010\u20110002",
                "+15550100002*104"
            })
    void shouldKnowANumberHoweverItIsWritten(String number) {
        byte[] call = "{\"accountId\": \"1\", \"from\": {\"phoneNumber\": \"%s\"}}"
                .formatted(number)
                .getBytes(UTF_8);

        assertThat(excludes("number:+15550100002", call)).isTrue();
        assertThat(excludes("prefix:+155501", call)).isTrue();
        assertThat(excludes("number:+1555010000", call)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"number, +15550100, true", "queue, 801, true", "extension, 901, true", "queue, 802, false"})
    void shouldExcludeTheWindowsOfWhatIsExcluded(String scope, String id, boolean excluded) {
        byte[] window = "{\"accountId\": \"1\", \"scope\": \"%s\", \"scopeId\": \"%s\"}"
                .formatted(scope, id)
                .getBytes(UTF_8);

        assertThat(excludes("number:+15550100, queue:801, extension:901", window))
                .isEqualTo(excluded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5550100", "number:", "phone:+1555", "number:+1555,", "number:+1 555", "/queue:801"})
    void shouldRefuseWhatIsNoRule(String rules) {
        assertThat(ExcludedCalls.parse(rules)).isEmpty();
    }

    @Test
    void shouldExcludeNothingWithoutRulesAndNothingThatIsNoJson() {
        assertThat(excludes(" ", CALL)).isFalse();
        assertThat(excludes("prefix:+1", "{\"from".getBytes(UTF_8))).isFalse();
    }
}

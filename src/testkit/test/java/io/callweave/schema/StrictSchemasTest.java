package io.callweave.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.call.record.CallRecord;
import io.callweave.record.CallRecordJson;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That what the tests hold everything against does object. */
class StrictSchemasTest {

    private static final CallRecord CALL = Assembled.calls(PhoneCall.call()
                    .inbound("+15550100002")
                    .answeredBy("104")
                    .hangUp()
                    .lines())
            .get(0);
    private static final String RECORD = new String(CallRecordJson.write(CALL, 1), UTF_8);

    @Test
    void shouldTakeARecordAsItIs() {
        assertThatCode(() -> StrictSchemas.assertValue("calls", RECORD)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "'\"revision\":1', '\"revision\":1,\"new\":true', a field that no schema has",
        "'\"master\":', '\"master\":true,\"new\":', one further down",
        "'\"talkMs\":', '\"talk\":', a field that is not there",
        "'\"action\":\"Phone Call\"', '\"action\":\"Chat\"', a word that is not known",
        "'\"status\":\"complete\"', '\"status\":\"whole\"', a word of a closed enumeration",
        "'\"revision\":1', '\"revision\":\"1\"', another type",
        "'.000Z', 'Z', a time without milliseconds"
    })
    void shouldObject(String what, String to, String why) {
        String changed = RECORD.replaceFirst(Pattern.quote(what), to);

        assertThatThrownBy(() -> StrictSchemas.assertValue("calls", changed))
                .as(why)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("A value of calls is not as its schema says");
    }

    @Test
    void shouldLetReadersPassOverWhatIsNew() {
        String changed = RECORD.replaceFirst("\"action\":\"Phone Call\"", "\"action\":\"Chat\",\"new\":true");

        assertThatCode(() -> StrictSchemas.assertAccepted("calls", changed)).doesNotThrowAnyException();
    }

    @Test
    void shouldObjectToAHeaderThatIsMissing() {
        assertThatThrownBy(() -> StrictSchemas.assertHeaders("calls", Map.of("schemaVersion", "1")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("epoch");
    }
}

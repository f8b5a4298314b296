package io.callweave.deliver.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.deliver.EventType;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallFilterTest {

    private static final String CALL = """
            {"direction": "Inbound", "result": "Missed", "talkMs": 30000,
             "from": {"phoneNumber": "+16505550100", "extensionId": null}, "queues": [{"queueExtensionId": "77"}],
             "parties": [{"extensionId": "101"}, {"extensionId": "102"}]}
            """;

    private static final Set<String> ANY = Set.of();

    @ParameterizedTest
    @CsvSource({
        "Inbound, Missed, 77, 102, +1650, 30000, true",
        "Outbound, Missed, 77, 102, +1650, 30000, false",
        "Inbound, Accepted, 77, 102, +1650, 30000, false",
        "Inbound, Missed, 78, 102, +1650, 30000, false",
        "Inbound, Missed, 77, 10, +1650, 30000, false",
        "Inbound, Missed, 77, 102, 1650, 30000, false",
        "Inbound, Missed, 77, 102, +1650, 30001, false"
    })
    void shouldMatchIfEachPartDoes(
            String direction,
            String result,
            String queue,
            String extension,
            String number,
            long minTalk,
            boolean matches) {
        CallFilter filter = new CallFilter(
                Set.of(direction), Set.of(result), Set.of(queue), Set.of(extension), Set.of(number), minTalk);

        assertThat(matches(filter, EventType.CALL_COMPLETED, CALL)).isEqualTo(matches);
    }

    @Test
    void shouldMatchEverythingWithoutParts() {
        assertThat(matches(CallFilter.ALL, EventType.CALL_UPDATED, CALL)).isTrue();
    }

    @Test
    void shouldNotAskALiveCallForItsResult() {
        CallFilter filter = new CallFilter(ANY, Set.of("Accepted"), ANY, ANY, ANY, 60_000);

        assertThat(matches(filter, EventType.CALL_STARTED, CALL)).isTrue();
    }

    @Test
    void shouldFindTheDirectionOfAParty() {
        CallFilter filter = new CallFilter(Set.of("Inbound"), ANY, ANY, ANY, ANY, 0);

        assertThat(matches(filter, EventType.PARTY_STATUS, "{\"party\": {\"direction\": \"Inbound\"}}"))
                .isTrue();
        assertThat(matches(filter, EventType.PARTY_STATUS, "{\"party\": {\"direction\": \"Outbound\"}}"))
                .isFalse();
    }

    /** A call can have thousands of parties, and an account a hundred filters. */
    @Test
    void shouldLookThroughACallOnceForAllFilters() throws JsonProcessingException {
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(CALL);
        FilteredCall call = new FilteredCall(tree);

        assertThat(ofNumber("+44").matches(EventType.CALL_STARTED, call)).isFalse();
        tree.removeAll();
        assertThat(ofNumber("+16505550100").matches(EventType.CALL_STARTED, call))
                .isTrue();
        assertThat(ofNumber("+165055501009").matches(EventType.CALL_STARTED, call))
                .isFalse();
    }

    /** Those of the JDK that cannot be changed look at all of them for each, if somebody chooses them so. */
    @Test
    void shouldNotKeepTextsInASetThatTheirChoiceMakesSlow() {
        Set<String> numbers = ofNumber("+44").numbers();

        assertThat(Set.copyOf(numbers)).isNotSameAs(numbers);
    }

    private static CallFilter ofNumber(String number) {
        return new CallFilter(ANY, ANY, ANY, ANY, Set.of(number), 0);
    }

    private static boolean matches(CallFilter filter, EventType type, String json) {
        try {
            return filter.matches(type, new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

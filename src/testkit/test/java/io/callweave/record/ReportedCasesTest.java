package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.ExpectedCalls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases that people reported of other software, with plain facts of the record that each must become. */
class ReportedCasesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05a-ringout-answered",
                "05b-ringout-target-unanswered",
                "05c-ringout-initiator-unanswered",
                "22-shared-line-hold-pickup",
                "23b-forward-mobile-own-ext",
                "29-flip-to-mobile",
                "29c-flip-outside-own-ext-mbb",
                "31a-switch-make-before-break",
                "31b-switch-break-before-make",
                "31d-switch-outbound-mbb",
                "32-blf-pickup-mbb",
                "33-takeover-same-session",
                "35-voicemail-zero-out",
                "47-blind-new-leg-first"
            })
    void shouldHaveTheFactsThatAreExpected(String name) {
        JsonNode expected = WireJson.read(String.join("", ExpectedCalls.lines("reported/" + name + ".expected.json")));

        List<JsonNode> calls = Assembled.trees(ExpectedCalls.lines("reported/" + name + ".ndjson"));

        assertThat(calls).hasSize(expected.path("calls").asInt());
        List<String> differences = new ArrayList<>();
        expected.properties().forEach(fact -> {
            JsonNode actual = fact(fact.getKey(), calls.get(0));
            if (!agree(fact.getValue(), actual)) {
                differences.add(fact.getKey() + " is " + actual + " and not " + fact.getValue());
            }
        });
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40b-event-slash", "40f-event-sessionpath"})
    void shouldReadTheEventPath(String name) {
        List<JsonNode> calls = Assembled.trees(ExpectedCalls.lines("reported/" + name + ".ndjson"));

        assertThat(calls)
                .singleElement()
                .satisfies(call -> assertThat(call.path("status").asText()).isEqualTo("complete"));
    }

    private static JsonNode fact(String name, JsonNode call) {
        return switch (name) {
            // What is not of the record.
            case "calls", "sure", "why" -> WireJson.read("{}");
            case "fromPhoneNumber" -> call.at("/from/phoneNumber");
            // The customer is shown only a number of the user.
            case "fromExtensionId" -> call.at("/extension/id");
            case "toPhoneNumber" -> call.at("/to/phoneNumber");
            case "answeredBy" -> call.at("/answeredBy/extensionId");
            case "answeredByPhoneNumber" -> call.at("/answeredBy/phoneNumber");
            case "phoneNumberOfParty3" -> party("parties", 3, call).at("/to/phoneNumber");
            case "legOfParty2" -> party("legs", 2, call);
            default -> call.path(name);
        };
    }

    private static JsonNode party(String list, int number, JsonNode call) {
        for (JsonNode element : call.path(list)) {
            if (element.path("partyId").asText().endsWith("-" + number)) {
                return element;
            }
        }
        throw new AssertionError("There is no party " + number + " in " + list);
    }

    private static boolean agree(JsonNode expected, JsonNode actual) {
        if (expected.isArray()) {
            boolean all = expected.size() == actual.size();
            for (int i = 0; all && i < expected.size(); i++) {
                all = agree(expected.get(i), actual.get(i));
            }
            return all;
        }
        if (expected.isObject()) {
            return expected.properties().stream()
                    .allMatch(field -> field.getKey().equals("toParty")
                            ? actual.at("/to/partyId")
                                    .asText()
                                    .endsWith(field.getValue().asText())
                            : agree(field.getValue(), actual.path(field.getKey())));
        }
        return actual.isObject() || expected.asText().equals(actual.asText());
    }
}

package io.callweave.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.schema.SchemaMutants.Mutant;
import io.callweave.topics.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No change at any place of any schema gets past the gate if it breaks somebody, and none is held up if it does not. */
class CompatibilityMutationTest {

    static Stream<Arguments> schemas() {
        return Arrays.stream(Topic.values())
                .map(Topic::suffix)
                .flatMap(topic -> Stream.of(
                        Arguments.of(topic, Schemas.ofValue(topic)),
                        Arguments.of(topic + " headers", Schemas.ofHeaders(topic))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void shouldNameThePlaceOfEachBreakAndHoldUpNothingElse(String name, ObjectNode schema) {
        List<String> misjudged = new ArrayList<>();
        for (Mutant mutant : SchemaMutants.of(name, schema).all()) {
            for (Promise promise : Promise.values()) {
                List<String> sentences = Compatibility.breaks(name, Set.of(promise), schema, mutant.schema());
                boolean isRight = mutant.broken().contains(promise)
                        ? sentences.stream().anyMatch(sentence -> sentence.startsWith(mutant.at() + " "))
                        : sentences.isEmpty();
                if (!isRight) {
                    misjudged.add(mutant.at() + ", " + mutant.change() + ", " + promise + ": " + sentences);
                }
            }
        }

        assertThat(misjudged).isEmpty();
    }

    /** Else there would be keywords with schemas in them that neither the gate nor its test looks into. */
    @ParameterizedTest
    @EnumSource
    void shouldHaveChangedEveryPlace(Topic topic) {
        for (ObjectNode schema : List.of(Schemas.ofValue(topic.suffix()), Schemas.ofHeaders(topic.suffix()))) {
            Set<String> described = new HashSet<>();
            collect(schema, "", described);

            assertThat(SchemaMutants.of(topic.suffix(), schema).places()).containsAll(described);
        }
    }

    private static void collect(JsonNode node, String pointer, Set<String> described) {
        JsonNode type = node.path("type");
        boolean isOnlyNull = type.asText().equals("null");
        if (node.path("$ref").isTextual() || ((type.isTextual() || type.isArray()) && !isOnlyNull)) {
            described.add(pointer);
        }
        node.properties().forEach(member -> collect(member.getValue(), pointer + "/" + member.getKey(), described));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), pointer + "/" + i, described);
        }
    }
}

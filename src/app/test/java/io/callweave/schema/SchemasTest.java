package io.callweave.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {

    private static final String META = "https://json-schema.org/draft/2020-12/schema";

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldBeSchemasByTheirOwnStandard(Topic topic) {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(META));

        for (ObjectNode schema : both(topic)) {
            assertThat(schema.path("$schema").asText()).isEqualTo(META);
            assertThat(meta.validate(schema.toString(), InputFormat.JSON)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldCarryTheVersionThatTheHeaderNames(Topic topic) {
        assertThat(both(topic))
                .allSatisfy(schema -> assertThat(schema.path("$id").asText())
                        .startsWith("urn:callweave:schema:" + Schemas.VERSION + ":"));
        assertThat(Schemas.ofHeaders("calls")
                        .at("/properties/schemaVersion/const")
                        .asText())
                .isEqualTo(Schemas.VERSION);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldBeWholeInThemselves(Topic topic) {
        for (ObjectNode schema : both(topic)) {
            for (JsonNode ref : schema.findValues("$ref")) {
                assertThat(ref.asText()).startsWith("#/$defs/");
                assertThat(schema.at(ref.asText().substring(1)).isMissingNode()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldDescribeEveryField(Topic topic) {
        List<String> silent = new ArrayList<>();
        for (ObjectNode schema : both(topic)) {
            eachProperty(schema, (name, property) -> {
                // Within the loosely accepted shapes only the outer fields are told.
                if (!property.path("description").asText().endsWith(".")
                        && !name.equals("code")
                        && !name.equals("pn_apns")) {
                    silent.add(name);
                }
            });
        }

        assertThat(silent).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldTellTheUnitOfEveryDuration(Topic topic) {
        for (ObjectNode schema : both(topic)) {
            eachProperty(schema, (name, property) -> {
                assertThat(property.path("x-unit").asText().equals("ms"))
                        .as(name)
                        .isEqualTo(name.endsWith("Ms"));
                assertThat(property.path("x-unit").asText().equals("s"))
                        .as(name)
                        .isEqualTo(name.equals("duration") && !property.has("$ref"));
            });
        }
    }

    /** What is not known is null and never left out, so readers can rely on every field of what Callweave writes. */
    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"NOTIFICATIONS", "ARTIFACTS", "DEAD_LETTERS", "DELIVER_REQUESTS", "DELIVER_DEAD_LETTERS"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldRequireEveryField(Topic topic) {
        ObjectNode schema = Schemas.ofValue(topic.suffix());
        List<JsonNode> objects = new ArrayList<>(List.of(schema));
        schema.path("$defs").forEach(objects::add);

        for (JsonNode object : objects) {
            Set<String> required = new TreeSet<>();
            object.path("required").forEach(name -> required.add(name.asText()));
            Set<String> fields = new TreeSet<>();
            object.path("properties").fieldNames().forEachRemaining(fields::add);
            assertThat(required).isNotEmpty().isEqualTo(fields);
        }
    }

    @Test
    void shouldDescribeEveryHeader() throws Exception {
        List<String> names = new ArrayList<>();
        for (var constant : Headers.class.getFields()) {
            if (!constant.getName().equals("CURRENT_SCHEMA")) { // a value, not a name
                names.add((String) constant.get(null));
            }
        }
        List<String> described = new ArrayList<>();
        Schemas.file("headers.json").at("/$defs/header/properties").fieldNames().forEachRemaining(described::add);

        assertThat(described).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void shouldSayWhichReferenceLeadsNowhere() {
        ObjectNode file = Schemas.file("dead-letters.json");
        file.put("$ref", "#/$defs/nothing");

        assertThatThrownBy(() -> Bundle.of(
                        "dead-letters.json", "", name -> name.equals("dead-letters.json") ? file : Schemas.file(name)))
                .hasMessage("The schema dead-letters.json refers to #/$defs/nothing, which is not there.");
    }

    private static List<ObjectNode> both(Topic topic) {
        return List.of(Schemas.ofValue(topic.suffix()), Schemas.ofHeaders(topic.suffix()));
    }

    private static void eachProperty(JsonNode schema, BiConsumer<String, JsonNode> look) {
        schema.path("properties").properties().forEach(each -> look.accept(each.getKey(), each.getValue()));
        schema.forEach(child -> eachProperty(child, look));
    }
}

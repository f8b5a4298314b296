package io.callweave.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.record.TopicValues;
import io.callweave.value.Field;
import io.callweave.value.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of fields in the documents, and the columns of tables, are made of the values' descriptions, between marks: {@code
 * <!-- fields: leg -->}.
 */
class FieldsDocumentationTest {

    private static final Pattern TABLE =
            Pattern.compile("<!-- fields: (?!end)([A-Za-z-]+) -->\n(.*?)<!-- fields: end -->\n", Pattern.DOTALL);
    private static final String DOCS = "docs";

    /** Columns of PostgreSQL, between marks: {@code -- columns: calls}. */
    @ParameterizedTest
    @ValueSource(strings = {"calls", "party-metrics", "window-metrics"})
    void shouldBeTheColumnsOfTheTables(String topic) throws IOException {
        Path path = Path.of("src", "pipelines", "sql", "tables.sql");
        String text = Files.readString(path, StandardCharsets.UTF_8);
        String begin = "  -- columns: " + topic + "\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("  -- columns: end\n", from);

        String current = text.substring(0, from) + SqlColumns.of(described(topic)) + text.substring(to);

        assertWritten(path, text, current);
    }

    @ParameterizedTest
    @ValueSource(strings = {"records.md", "topics.md", "figures.md", "connect.md"})
    void shouldBeMadeOfTheDescriptions(String document) throws IOException {
        Path path = Path.of(DOCS, document);
        String text = Files.readString(path, StandardCharsets.UTF_8);
        Matcher tables = TABLE.matcher(text);
        assertThat(tables.results()).isNotEmpty();

        String current = tables.replaceAll(table -> Matcher.quoteReplacement(made(table.group(1), document)));

        assertWritten(path, text, current);
    }

    private static void assertWritten(Path path, String text, String current) throws IOException {
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(path, current, StandardCharsets.UTF_8);
        } else {
            assertThat(text)
                    .as(path + " is stale; to write it again: "
                            + "mvn test -Dtest=FieldsDocumentationTest -Dcallweave.write-docs=true")
                    .isEqualTo(current);
        }
    }

    static String made(String name, String document) {
        String table = switch (name) {
            case "topics" -> FieldTable.ofTopics(document);
            case "policies" -> FieldTable.ofPolicies();
            case "headers" -> FieldTable.ofHeaders(document);
            default -> FieldTable.of(described(name), document);
        };
        return "<!-- fields: " + name + " -->\n" + table + "<!-- fields: end -->\n";
    }

    /** A topic's value, or one that stands in it. */
    private static ValueType<?> described(String name) {
        return TopicValues.TOPICS.stream()
                .map(topic -> within(topic, name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No value is described as " + name + "."));
    }

    private static @Nullable ValueType<?> within(ValueType<?> type, String name) {
        return type.name().equals(name)
                ? type
                : type.fields().stream()
                        .map(Field::of)
                        .filter(Objects::nonNull)
                        .map(part -> within(part, name))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}

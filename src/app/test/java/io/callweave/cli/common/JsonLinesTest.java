package io.callweave.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class JsonLinesTest {

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Test
    void shouldMakeAnObjectOfEachLineOfText() throws Exception {
        try (PrintStream lines = new PrintStream(new JsonLines(stderr, Level.ERROR), true, StandardCharsets.UTF_8)) {
            lines.println("callweave: No \"topic\" \u2013 none.");
            lines.print("a sentence ");
            lines.print("in two parts\n\nand one without an end");
        }

        List<JsonNode> objects = objects();
        assertThat(objects)
                .extracting(line -> line.path("formattedMessage").asText())
                .containsExactly("No \"topic\" \u2013 none.", "a sentence in two parts", "and one without an end");
        assertThat(objects).allSatisfy(line -> {
            assertThat(line.path("level").asText()).isEqualTo("ERROR");
            assertThat(line.path("timestamp").isNumber()).isTrue();
            assertThat(line.path("loggerName").asText()).isEqualTo("callweave");
        });
    }

    @Test
    void shouldLeaveTheLinesOfTheLogAsTheyAre() {
        try (PrintStream lines = new PrintStream(new JsonLines(stderr, Level.INFO), true, StandardCharsets.UTF_8)) {
            lines.println("{\"timestamp\":7,\"level\":\"WARN\"}");
        }

        assertThat(stderr).hasToString("{\"timestamp\":7,\"level\":\"WARN\"}\n");
    }

    @Test
    void shouldEscapeWhatSteersATerminal() throws Exception {
        String steers = "\u009B2J\u202E\u2028\u007F";
        try (PrintStream lines = new PrintStream(new JsonLines(stderr, Level.INFO), true, StandardCharsets.UTF_8)) {
            lines.println("A" + steers + "B");
            lines.println("{\"formattedMessage\":\"A" + steers + "B\"}");
        }

        assertThat(stderr.toString(StandardCharsets.UTF_8)).doesNotContainPattern("[\u007F-\u009F\u202E\u2028]");
        assertThat(objects())
                .extracting(line -> line.path("formattedMessage").asText())
                .containsOnly("A" + steers + "B");
    }

    private List<JsonNode> objects() throws Exception {
        ObjectMapper json = new ObjectMapper();
        return json.readerFor(JsonNode.class)
                .<JsonNode>readValues(stderr.toByteArray())
                .readAll();
    }
}

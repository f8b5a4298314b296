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

    private List<JsonNode> objects() throws Exception {
        ObjectMapper json = new ObjectMapper();
        return json.readerFor(JsonNode.class)
                .<JsonNode>readValues(stderr.toByteArray())
                .readAll();
    }
}

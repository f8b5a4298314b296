package io.callweave.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Byte for byte as Jackson writes. */
class JsonOutTest {

    @FunctionalInterface
    private interface Content {
        void writeTo(JsonGenerator out) throws IOException;
    }

    @Property
    void shouldWriteAnyTextAsJacksonDoes(@ForAll String text) throws IOException {
        JsonOut out = new JsonOut(1);

        out.text(text);

        assertThat(out.toBytes()).isEqualTo(jackson(json -> json.writeString(text)));
    }

    @Property
    void shouldWriteTextOfFewLettersAsJacksonDoes(@ForAll @CharRange(from = 0, to = 0x82) String text)
            throws IOException {
        JsonOut out = new JsonOut(1);

        out.text(text);

        assertThat(out.toBytes()).isEqualTo(jackson(json -> json.writeString(text)));
    }

    @Property
    void shouldWriteAnyNumberAsJacksonDoes(@ForAll long number) throws IOException {
        JsonOut out = new JsonOut(1);

        out.number(number);

        assertThat(out.toBytes()).isEqualTo(jackson(json -> json.writeNumber(number)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_795_161_600_007L, 253_402_300_800_000L, Long.MAX_VALUE})
    void shouldHaveRoomForEveryTime(long millis) {
        JsonOut out = new JsonOut(1);

        out.time(millis);

        assertThat(new String(out.toBytes(), UTF_8)).isEqualTo("\"" + Timestamps.iso(millis) + "\"");
    }

    private static byte[] jackson(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(bytes)) {
            content.writeTo(out);
        }
        return bytes.toByteArray();
    }
}

package io.callweave.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "1b, \u241b",
        "0a, \u240a",
        "7f, \u2421",
        "9b, <U+009B>",
        "202e, <U+202E>",
        "2066, <U+2066>",
        "200b, <U+200B>",
        "feff, <U+FEFF>",
        "3164, <U+3164>",
        "2028, <U+2028>",
        "d800, <U+D800>",
        "e0041, <U+E0041>"
    })
    void shouldShowWhatSteersOrIsNotSeen(String code, String shown) {
        String name = "An" + Character.toString(Integer.parseInt(code, 16)) + "n";

        assertThat(Printable.of(name)).isEqualTo("An" + shown + "n");
    }

    @Test
    void shouldEscapeInJsonWhatJsonDoesNot() {
        String json = "{\"name\":\"\u00c5\ud83d\ude00\u009b\u202e\udb40\udc41\\u001B\"}";

        String shown = Printable.inJson(json);

        assertThat(shown).isEqualTo("{\"name\":\"\u00c5\ud83d\ude00\\u009B\\u202E\\uDB40\\uDC41\\u001B\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann Doe", "\u00c5sa \u010capek", "\u674e\u96f7", "\u05d3\u05e0\u05d4", "\ud83d\ude00"})
    void shouldLeaveNamesAsTheyAre(String name) {
        assertThat(Printable.of(name)).isEqualTo(name);
    }
}

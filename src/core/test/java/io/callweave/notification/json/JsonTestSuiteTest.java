package io.callweave.notification.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * JSON is read as the public JSONTestSuite says: what its cases call {@code y_} is JSON, {@code n_} is not, and of
 * {@code i_} each parser may decide.
 */
class JsonTestSuiteTest {

    private static final String ALL = "/json/json-test-suite.txt";

    /** A case; its text is left out of its name. */
    record Case(String name, String base64) {

        byte[] json() {
            return Base64.getDecoder().decode(base64);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream file = Objects.requireNonNull(JsonTestSuiteTest.class.getResourceAsStream(ALL))) {
            List<Case> stored = new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(":", 2))
                    .map(parts -> new Case(parts[0], parts[1]))
                    .toList();
            return Stream.concat(
                    stored.stream(),
                    Stream.of(
                            made("n_structure_100000_opening_arrays", "[".repeat(100_000)),
                            made("n_structure_open_array_object", "[{\"\":".repeat(50_000) + "\n")));
        }
    }

    private static Case made(String name, String json) {
        return new Case(name, Base64.getEncoder().encodeToString(bytes(json)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldTakeWhatIsJsonAndNothingElse(Case one) {
        boolean isJson = StrictUtf8.firstError(one.json()) < 0
                && (TokenTexts.plain(one.json()) != null || isJackson(one.json()));

        if (!one.name().startsWith("i_")) {
            assertThat(isJson).isEqualTo(one.name().startsWith("y_"));
        }
    }

    /** As it is, and as a value of an object and of an array, because a notification is an object. */
    @ParameterizedTest
    @MethodSource("cases")
    void shouldReadWhatIsPlainAsJacksonDoes(Case one) throws IOException {
        for (byte[] json : List.of(one.json(), around("{\"a\": ", one.json(), "}"), around("[", one.json(), ",0]"))) {
            List<String> plain = StrictUtf8.firstError(json) < 0 ? TokenTexts.plain(json) : null;
            if (plain != null) {
                assertThat(one.name()).doesNotStartWith("n_");
                assertThat(plain).isEqualTo(TokenTexts.jackson(json));
            }
        }
    }

    private static boolean isJackson(byte[] json) {
        try {
            return !TokenTexts.jackson(json).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] around(String before, byte[] json, String after) {
        byte[] all = new byte[before.length() + json.length + after.length()];
        System.arraycopy(bytes(before), 0, all, 0, before.length());
        System.arraycopy(json, 0, all, before.length(), json.length);
        System.arraycopy(bytes(after), 0, all, before.length() + json.length, after.length());
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

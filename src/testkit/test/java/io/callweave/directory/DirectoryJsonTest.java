package io.callweave.directory;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.schema.StrictSchemas;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryJsonTest {

    private static final DirectoryEntry ANNA =
            new DirectoryEntry("1", "104", "Anna \"Öz\"", "user", "Berlin", "Sales", "Europe/Berlin");

    @Test
    void shouldReadWhatItWrites() {
        DirectoryEntry bare = new DirectoryEntry("1", "9", null, "ivr", null, null, null);

        assertThat(read("1/104", new String(DirectoryJson.write(ANNA), UTF_8))).isEqualTo(ANNA);
        assertThat(read("1/9", new String(DirectoryJson.write(bare), UTF_8))).isEqualTo(bare);
    }

    @Test
    void shouldWriteValuesThatMatchTheSchema() {
        StrictSchemas.assertValue("directory", new String(DirectoryJson.write(ANNA), UTF_8));
        StrictSchemas.assertValue(
                "directory",
                new String(DirectoryJson.write(new DirectoryEntry("1", "9", null, "queue", null, null, null)), UTF_8));
    }

    /** Others may write there too. */
    @Test
    void shouldReadMissingFieldsAsUnknown() {
        assertThat(read("1/104", "{\"accountId\":1,\"extensionId\":\"104\",\"name\":\" \",\"more\":[1]}"))
                .isEqualTo(new DirectoryEntry("1", "104", null, "user", null, null, null));
        assertThat(read("1/104", "{\"accountId\":1,\"extensionId\":104,\"type\":\"room\"}")
                        .type())
                .isEqualTo("room");
    }

    /** The sinks of pipelines.md write names into PostgreSQL. */
    @Test
    void shouldReadNoTextThatPostgreSqlCannotHold() {
        assertThat(read("1/104", "{\"accountId\":1,\"extensionId\":104,\"name\":\"A\\u0000B\"}")
                        .name())
                .isEqualTo("A\uFFFDB");
        assertThatThrownBy(() -> read(
                        "1/104", "{\"accountId\":1,\"extensionId\":104,\"department\":\"" + "x".repeat(256) + "\"}"))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("The field department has more than 255 characters.");
    }

    /** As in a file. */
    @ParameterizedTest
    @CsvSource({"User,user", "QUEUE,queue", "Ivr,ivr", "Room,Room"})
    void shouldReadTheTypeInAnyCase(String type, String read) {
        assertThat(read("1/2", "{\"accountId\":1,\"extensionId\":2,\"type\":\"" + type + "\"}")
                        .type())
                .isEqualTo(read);
    }

    @Test
    void shouldSkipAByteOrderMark() {
        assertThat(read("1/104", "\uFEFF" + new String(DirectoryJson.write(ANNA), UTF_8)))
                .isEqualTo(ANNA);
    }

    /** Anyone may write there, and one invalid record must not stop the reading of all others. */
    @Property(tries = 5_000)
    void shouldReadOrRejectAnyValue(@ForAll("anyValues") byte[] value) {
        try {
            assertThat(DirectoryJson.read("1/104".getBytes(UTF_8), value).key()).isEqualTo("1/104");
        } catch (DirectoryException refused) {
            assertThat(refused).hasMessageMatching("The (value|field|key) .*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000 017b7d",
                "fffe0000 7b000000",
                "0000feff 0000007b",
                "feff 007b 007d",
                "fffe 7b00 7d00",
                "7b00 7d00",
                "ff",
                "7b22 ff 22 3a 31 7d",
                "7b22 eda080 22 3a 31 7d",
                "7b22 c0af 22 3a 31 7d"
            })
    void shouldRejectBytesThatAreNotUtf8(String hex) {
        byte[] value = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> DirectoryJson.read("1/104".getBytes(UTF_8), value))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("The value is no JSON.");
    }

    @Test
    void shouldRejectDeeplyNestedValues() {
        assertThatThrownBy(() -> read("1/104", "[".repeat(200_000)))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("The value is no JSON.");
    }

    /** Many begin like JSON in UTF-16 or UTF-32, and many are valid except for a few bytes. */
    @Provide
    Arbitrary<byte[]> anyValues() {
        Arbitrary<byte[]> any =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(24).withoutEdgeCases();
        Arbitrary<byte[]> start = Arbitraries.of(
                        "", "00", "000000", "00000000", "fffe", "feff", "fffe0000", "0000feff", "efbbbf", "7b", "7b00")
                .map(HexFormat.of()::parseHex);
        Arbitrary<byte[]> record = Arbitraries.of(UTF_8, UTF_16, UTF_16LE, Charset.forName("UTF-32"))
                .map(new String(DirectoryJson.write(ANNA), UTF_8)::getBytes);
        Arbitrary<byte[]> broken = Combinators.combine(
                        record, Arbitraries.integers().between(0, 250), Arbitraries.bytes())
                .as((bytes, at, other) -> {
                    byte[] copy = Arrays.copyOf(bytes, Math.max(at, bytes.length / 2));
                    copy[at % copy.length] = other;
                    return copy;
                });
        Arbitrary<byte[]> body = Arbitraries.oneOf(any, record, broken);
        return Combinators.combine(start, body).as((first, rest) -> {
            byte[] both = Arrays.copyOf(first, first.length + rest.length);
            System.arraycopy(rest, 0, both, first.length, rest.length);
            return both;
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1/2 | {\"accountId\":                               | The value is no JSON.",
                "1/2 | {\"accountId\":\"1\",\"extensionId\":\"2\"} x | The value is no JSON.",
                "1/2 | [1]                                           | The value is no JSON object.",
                "1/2 | ``                                            | The value is no JSON object.",
                "1/2 | {\"extensionId\":\"2\"}                       | The field accountId is missing.",
                "1/2 | {\"accountId\":\"1\",\"extensionId\":\"\"}    | The field extensionId is missing.",
                "1/2/3 | {\"accountId\":\"1\",\"extensionId\":\"2/3\"} | The field extensionId has a slash in it.",
                "1/2 | {\"accountId\":\"1\",\"extensionId\":\"2\",\"name\":{}} | The field name is no text.",
                "1/3 | {\"accountId\":\"1\",\"extensionId\":\"2\"}   | The key is not accountId/extensionId of the value.",
                "    | {\"accountId\":\"1\",\"extensionId\":\"2\"}   | The key is not accountId/extensionId of the value."
            })
    void shouldSayWhyARecordDescribesNoExtension(@Nullable String key, String value, String sentence) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(DirectoryException.class)
                .hasMessage(sentence);
    }

    private static DirectoryEntry read(@Nullable String key, String value) {
        return DirectoryJson.read(key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8));
    }
}

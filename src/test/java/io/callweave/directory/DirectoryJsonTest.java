package io.callweave.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.schema.StrictSchemas;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void shouldWriteWhatTheSchemaSays() {
        StrictSchemas.assertValue("directory", new String(DirectoryJson.write(ANNA), UTF_8));
        StrictSchemas.assertValue(
                "directory",
                new String(DirectoryJson.write(new DirectoryEntry("1", "9", null, "queue", null, null, null)), UTF_8));
    }

    /** Others may write there too. */
    @Test
    void shouldReadWhatIsLeftOutAsNotKnown() {
        assertThat(read("1/104", "{\"accountId\":1,\"extensionId\":\"104\",\"name\":\" \",\"more\":[1]}"))
                .isEqualTo(new DirectoryEntry("1", "104", null, "user", null, null, null));
        assertThat(read("1/104", "{\"accountId\":1,\"extensionId\":104,\"type\":\"room\"}")
                        .type())
                .isEqualTo("room");
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

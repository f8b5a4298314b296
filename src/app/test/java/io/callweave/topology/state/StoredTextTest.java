package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text in a store is read back as it was, whatever it is, and is UTF-8 if it can be. */
class StoredTextTest {

    @Property(tries = 2_000)
    void shouldReadBackAnyTextAndWriteUtf8WhereItCan(@ForAll("anyTexts") String text) {
        byte[] bytes = new BinaryWriter(1).string(text).optionalString(text).bytes();

        BinaryReader in = new BinaryReader(bytes);
        assertThat(in.string()).isEqualTo(text);
        assertThat(in.optionalString()).isEqualTo(text);
        assertThat(in.atEnd()).isTrue();
        if (UTF_8.newEncoder().canEncode(text)) {
            byte[] utf8 = text.getBytes(UTF_8);
            assertThat(bytes)
                    .isEqualTo(new BinaryWriter(1).bytes(utf8).u8(1).bytes(utf8).bytes());
        }
    }

    @Property(tries = 500)
    void shouldReadBackAnyTextThatIsTheRest(@ForAll("anyTexts") String text) {
        BinaryReader in = new BinaryReader(
                new BinaryWriter(1).u8(7).raw(StoredText.encode(text)).bytes());

        assertThat(in.u8()).isEqualTo(7);
        assertThat(in.restAsString()).isEqualTo(text);
    }

    /** The bytes are a format: what one version wrote the next one reads. */
    @ParameterizedTest
    @CsvSource({
        "'',                   ''",
        "+15550100002,         2b3135353530313030303032",
        "'\u00e4\u20ac\ufffd', c3a4e282acefbfbd",
        "'\ud83d\udcde',       f09f939e",
        "'1\ud800',            31eda080",
        "'\udfff2',            edbfbf32",
        "'\udcde\ud83d',       edb39eeda0bd"
    })
    void shouldBeUtf8AndHalvesOfPairsThreeBytes(String text, String hex) {
        byte[] bytes = StoredText.encode(text);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(StoredText.decode(bytes, 0, bytes.length)).isEqualTo(text);
    }

    /** With many that are near the halves of pairs in UTF-16 or UTF-8, or look like what stands for them. */
    @Provide
    Arbitrary<String> anyTexts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings()
                        .withChars(
                                'a', '?', '\u007F', '\u00ED', '\uD7FF', '\uD800', '\uD83D', '\uDBFF', '\uDC00',
                                '\uDCDE', '\uDFFF', '\uE000', '\uFFFD', '\uFFFF')
                        .ofMaxLength(12));
    }
}

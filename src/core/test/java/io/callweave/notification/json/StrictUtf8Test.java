package io.callweave.notification.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictUtf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "BF",
                "FF",
                "FE",
                "C080",
                "C1BF",
                "E08080",
                "E09FBF",
                "EDA080",
                "EDBFBF",
                "F0808080",
                "F08FBFBF",
                "F4908080",
                "F5808080",
                "C3",
                "E282",
                "F09F98",
                "C341",
                "E28241",
                "F09F9841",
                "F8888080"
            })
    void shouldFindTheFirstByteThatIsNotUtf8(String hex) {
        byte[] wrong = HexFormat.of().parseHex(hex);
        byte[] bytes = new byte[11 + wrong.length];
        Arrays.fill(bytes, (byte) 'a');
        System.arraycopy(wrong, 0, bytes, 11, wrong.length);

        assertThat(StrictUtf8.firstError(bytes)).isEqualTo(11);
    }

    @Test
    void shouldAcceptEveryCharacter() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }

        assertThat(StrictUtf8.firstError(all.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(-1);
    }

    @Property
    void shouldAcceptWhatTheDecoderOfTheJdkAccepts(@ForAll("bytes") byte[] bytes) {
        assertThat(StrictUtf8.firstError(bytes) < 0).isEqualTo(decodes(bytes));
    }

    @Property
    void shouldAcceptExactlyTheSequencesThatTheJdkAccepts(
            @ForAll @IntRange(min = 0xC0, max = 0xFF) int lead, @ForAll("bytes") byte[] rest) {
        byte[] bytes = new byte[rest.length + 1];
        bytes[0] = (byte) lead;
        System.arraycopy(rest, 0, bytes, 1, rest.length);

        assertThat(StrictUtf8.firstError(bytes) < 0).isEqualTo(decodes(bytes));
    }

    /** Mostly continuation bytes and their neighbours: random bytes rarely form a sequence. */
    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes()
                .filter(b -> b < (byte) 0xC8 || b > (byte) 0xDC)
                .array(byte[].class)
                .ofMinSize(0)
                .ofMaxSize(20);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

package io.callweave.notification.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What these tokens accept, Jackson accepts, and reads the same in it. */
class PlainTokensTest {

    private static final String PLAIN =
            "{\"uuid\":\"12-34\", \"event\":\"/restapi/v1.0/account/8/telephony/sessions\",\n"
                    + "\"body\":{\"sequence\":17,\"zero\":0,\"names\":[\"Zoë\",\"電話\",\"😀\"],\"none\":{},\"empty\":[],\r"
                    + "\"parties\":[{\"id\":\"p-1\",\"missedCall\":false,\"muted\":true,\"from\":null},[1,[2,[]]]],\"\":\"\"}}\t";

    private static final byte[] REPLACEMENTS = "\"\\{}[],:0-1.eE tnf/\n\u0001\u007f".getBytes(UTF_8);

    @Test
    void shouldReadWhatIsUsual() throws IOException {
        assertThat(TokenTexts.plain(PLAIN.getBytes(UTF_8))).isEqualTo(TokenTexts.jackson(PLAIN.getBytes(UTF_8)));
    }

    @Test
    void shouldBeginBehindAByteOrderMark() throws IOException {
        byte[] marked = ("\uFEFF" + PLAIN).getBytes(UTF_8);

        assertThat(TokenTexts.plain(marked)).isEqualTo(TokenTexts.jackson(marked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"text\"",
                "17",
                "null",
                "{}{}",
                "{} x",
                "{}]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{\"a\":01}",
                "{\"a\":1.5}",
                "{\"a\":-1}",
                "{\"a\":1e3}",
                "{\"a\":1x}",
                "{\"a\":truer}",
                "{\"a\":tru}",
                "{\"a\":nul",
                "{\"a\":\"\\n\"}",
                "{\"a\":\"\n\"}",
                "{a:1}",
                "{'a':1}",
                "[}",
                "{]",
                "{\"a\":1]",
                "[1}",
                "{\"a\":\"b",
                "{\"a",
                "{\"a\":1234567890123456789}",
                "[/**/]"
            })
    void shouldLeaveAllElseToJackson(String json) {
        assertThat(TokenTexts.plain(json.getBytes(UTF_8))).isNull();
    }

    @Test
    void shouldLeaveDeepNestingToJackson() {
        assertThat(TokenTexts.plain(("[".repeat(100) + "]".repeat(100)).getBytes(UTF_8)))
                .isNull();
    }

    @Test
    void shouldNeverReadAnythingElseThanJackson() throws IOException {
        byte[] original = PLAIN.getBytes(UTF_8);
        int accepted = 0;
        for (int at = 0; at < original.length; at++) {
            for (byte replacement : REPLACEMENTS) {
                byte[] changed = original.clone();
                changed[at] = replacement;
                if (StrictUtf8.firstError(changed) < 0) {
                    List<String> tokens = TokenTexts.plain(changed);
                    if (tokens != null) {
                        accepted++;
                        assertThat(tokens).as(new String(changed, UTF_8)).isEqualTo(TokenTexts.jackson(changed));
                    }
                }
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    @Test
    void shouldLeaveWhatIsCutOffToJackson() {
        byte[] original = PLAIN.strip().getBytes(UTF_8);
        for (int length = 0; length < original.length; length++) {
            assertThat(TokenTexts.plain(Arrays.copyOf(original, length))).isNull();
        }
    }

    @Test
    void shouldSkipToTheEndOfAValue() throws IOException {
        byte[] json = "{\"a\":{\"b\":[1,{\"c\":\"d\"}],\"e\":null},\"f\":2}".getBytes(UTF_8);
        try (PlainTokens tokens = new PlainTokens(json)) {
            tokens.next();
            tokens.nextName();
            tokens.next();
            tokens.skipChildren();

            assertThat(tokens.current()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(tokens.nextName()).isEqualTo("f");
        }
    }
}

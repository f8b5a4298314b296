package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedConfigTest {

    private static final byte[] CALL = "{\"accountId\":\"1\",\"from\":{\"phoneNumber\":\"+15550100\"}}".getBytes(UTF_8);

    /** Else the console would show what its operator has excluded, or masked. */
    @Test
    void shouldExcludeAndMaskAsItsOperatorSays() throws Exception {
        FeedConfig said = FeedConfig.of(Settings.load(
                Map.of("privacy.exclude", "number:+15550100", "console.masking", "on"), Map.of(), Optional.empty()));
        FeedConfig silent = FeedConfig.of(Settings.defaults());

        assertThat(said.excluded().excludes("1", CALL)).isTrue();
        assertThat(new String(said.masking().json(CALL), UTF_8)).doesNotContain("5550100");
        assertThat(silent.excluded().excludes("1", CALL)).isFalse();
        assertThat(silent.masking().json(CALL)).isEqualTo(CALL);
    }
}

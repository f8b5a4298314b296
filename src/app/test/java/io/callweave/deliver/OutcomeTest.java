package io.callweave.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "204, DELIVERED",
        "301, FAILED",
        "307, FAILED",
        "400, FAILED",
        "404, FAILED",
        "410, GONE",
        "429, FAILED",
        "500, FAILED",
        "503, FAILED"
    })
    void shouldJudgeAnAnswerByItsStatus(int status, Outcome.Kind kind) {
        assertThat(answer(status, null).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "120, 120",
        "' 7 ', 7",
        "'Sat, 21 Nov 2026 08:01:00 GMT', 60",
        "'Sat, 21 Nov 2026 07:00:00 GMT', 0",
        "soon, 0",
        "-5, 0"
    })
    void shouldReadHowLongToWait(String retryAfter, long seconds) {
        assertThat(answer(429, retryAfter).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldSayThatRedirectsAreNotFollowed() {
        assertThat(answer(302, null).detail()).isEqualTo("HTTP 302; redirects are not followed");
    }

    private static Outcome answer(int status, String retryAfter) {
        return Outcome.answered(status, retryAfter, NOW, Duration.ofMillis(3));
    }
}

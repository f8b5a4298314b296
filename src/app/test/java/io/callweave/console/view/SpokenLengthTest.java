package io.callweave.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lengths in steps are those that figures show. */
class SpokenLengthTest {

    @ParameterizedTest
    @CsvSource({
        "999, 0 s",
        "6999, 6 s",
        "119999, 119 s",
        "120000, 2 min",
        "161900, 2 min 41 s",
        "3599999, 59 min 59 s",
        "3600000, 1 h",
        "3905000, 1 h 5 min"
    })
    void shouldDropTheRestOfASecond(long millis, String text) {
        assertThat(SpokenLength.of(millis)).isEqualTo(text);
    }
}

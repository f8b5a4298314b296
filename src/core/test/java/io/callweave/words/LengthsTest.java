package io.callweave.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthsTest {

    @ParameterizedTest
    @CsvSource({
        "999, 0 s, 0:00, 0.9 s",
        "7345, 7 s, 0:07, 7.3 s",
        "9999, 9 s, 0:09, 9.9 s",
        "119999, 119 s, 1:59, 119 s",
        "161900, 2 min 41 s, 2:41, 2 min 41 s",
        "3599999, 59 min 59 s, 59:59, 59 min 59 s",
        "3905000, 1 h 5 min, 1:05:05, 1 h 5 min"
    })
    void shouldTellALengthInWordsAndInDigits(long millis, String words, String clock, String exact) {
        assertThat(Lengths.of(millis)).isEqualTo(words);
        assertThat(Lengths.clock(millis)).isEqualTo(clock);
        assertThat(Lengths.exact(millis)).isEqualTo(exact);
    }
}

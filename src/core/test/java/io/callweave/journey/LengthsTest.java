package io.callweave.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "499, 0 s",
        "12000, 12 s",
        "119499, 119 s",
        "119500, 2 min",
        "240000, 4 min",
        "269999, 4 min",
        "270000, 5 min",
        "7169000, 119 min",
        "7200000, 2 h",
        "7500000, 2 h 5 min"
    })
    void shouldSayADurationInTheUnitThatPeopleUse(long millis, String words) {
        assertThat(Lengths.of(millis)).isEqualTo(words);
    }
}

package io.callweave.call.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.session.Ranges.Range;
import org.junit.jupiter.api.Test;

class RangesTest {

    @Test
    void shouldBeEmptyForConsecutiveNumbers() {
        assertThat(missing(2, 3, 4).isEmpty()).isTrue();
    }

    @Test
    void shouldBeEmptyWithoutNumbers() {
        assertThat(missing().isEmpty()).isTrue();
    }

    @Test
    void shouldBeARangeOfOneForOneMissingNumber() {
        assertThat(missing(2, 4).ranges()).containsExactly(new Range(3, 3));
    }

    @Test
    void shouldIncludeNumbersBelowTheFirstOne() {
        assertThat(missing(5).ranges()).containsExactly(new Range(2, 4));
    }

    @Test
    void shouldNotIncludeNumbersBelowTheBeginning() {
        assertThat(missing(0, 1, 2).isEmpty()).isTrue();
        assertThat(missing(0, 3).ranges()).containsExactly(new Range(2, 2));
        assertThat(missing(0).isEmpty()).isTrue();
    }

    @Test
    void shouldIgnoreARepeatedNumber() {
        assertThat(missing(2, 2, 3, 3, 6, 6).ranges()).containsExactly(new Range(4, 5));
    }

    @Test
    void shouldHoldAGapOfAnySize() {
        long highest = (1L << 53) - 1;

        assertThat(missing(2, highest).ranges()).containsExactly(new Range(3, highest - 1));
    }

    private static Ranges missing(long... present) {
        return Ranges.missingFrom(2, present);
    }
}

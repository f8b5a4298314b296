package io.callweave.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void shouldHaveTheMiddleOfAnOddNumberAsMedian() {
        Spread spread = Spread.of(new double[] {9, 1, 4});

        assertThat(spread).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void shouldHaveTheMeanOfTheMiddleTwoOfAnEvenNumberAsMedian() {
        Spread spread = Spread.of(new double[] {8, 1, 2, 4});

        assertThat(spread).isEqualTo(new Spread(3, 1, 8));
    }

    @Test
    void shouldRefuseNoFigures() {
        assertThatThrownBy(() -> Spread.of(new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No figures have no median.");
    }

    @Test
    void shouldDivideRoundByRound() {
        double[] ratios = Spread.ratios(new double[] {10, 30}, new double[] {5, 10});

        assertThat(ratios).containsExactly(2, 3);
    }

    @Test
    void shouldRefuseToPairRoundsThatAreNotThere() {
        assertThatThrownBy(() -> Spread.ratios(new double[] {1}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are 1 and 2 rounds.");
    }

    @Test
    void shouldPrintWithThisManyDecimals() {
        String text = new Spread(12_345.678, 1, 20_000).text(1);

        assertThat(text).isEqualTo("12,345.7 (1.0 to 20,000.0)");
    }
}

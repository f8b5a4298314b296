package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class E164Test {

    @ParameterizedTest
    @CsvSource({
        "+16502530000, +16502530000",
        "+1 (650) 253-0000, +16502530000",
        "+1.650.253.0000, +16502530000",
        "+33142685300, +33142685300",
        "+33 (0)1 42 68 53 00, +33142685300",
        "+390236618300, +390236618300",
        "+442083661177, +442083661177"
    })
    void shouldBeTheNormalFormOfAValidInternationalNumber(String sent, String normal) {
        assertThat(E164.of(sent)).isEqualTo(normal);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "+3351234XXXX",
                "+1650253XXXX",
                "+1-800-FLOWERS",
                "16502530000",
                "6502530000",
                "(650) 253-0000",
                "0142685300",
                "0016502530000",
                "101",
                "11101",
                "+101",
                "*67",
                "*801",
                "#31#+16502530000",
                "conference",
                "anonymous",
                "Restricted",
                "+",
                "++16502530000",
                "+15550100002",
                "+1650253000",
                "+165025300000000000",
                "+999123456789",
                "+16502530000;ext=12",
                "+16502530000 x12",
                "tel:+16502530000",
                " +16502530000",
                "+1650253000\u0661",
                "\uFF0B16502530000"
            })
    void shouldNotBeGuessed(String sent) {
        assertThat(E164.of(sent)).isNull();
    }

    @Test
    void shouldStayTheSameWhenAskedAgain() {
        for (int number = 0; number < 10_000; number++) {
            E164.of("+1650253" + (10_000 + number));
        }

        assertThat(E164.of("+16502530000")).isEqualTo("+16502530000");
        assertThat(E164.of("+16502530000")).isEqualTo("+16502530000");
    }

    @Property(tries = 500)
    void shouldBreakOnNothing(@ForAll @StringLength(max = 40) String anything) {
        assertThatCode(() -> E164.of(anything)).doesNotThrowAnyException();
        assertThatCode(() -> E164.of("+" + anything)).doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void shouldBeItsOwnNormalForm(
            @ForAll @StringLength(min = 7, max = 15) @CharRange(from = '0', to = '9') String digits) {
        String normal = E164.of("+" + digits);

        assertThat(normal == null || normal.equals(E164.of(normal))).isTrue();
    }
}

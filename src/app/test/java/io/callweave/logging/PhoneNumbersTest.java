package io.callweave.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "from +15550100002 to +447700900123, from +*********02 to +**********23",
        "+1 (555) 010-0002, +* (***) ***-**02",
        "dial 5550100002 now, dial ********02 now",
        "'{\"phoneNumber\":\"15550100002\"}', '{\"phoneNumber\":\"*********02\"}'",
    })
    void shouldMaskAllButTheLastDigits(String text, String masked) {
        assertThat(PhoneNumbers.masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "topic calls partition 3 offset 4711",
        "2026-11-20T08:26:28.425Z",
        "s-a0b1c2d3e4f5555010000200",
        "callweave.notifications-5@123456789",
        "timestamp 1795163188033",
        "127.0.0.1:9092"
    })
    void shouldNotMaskOtherText(String text) {
        assertThat(PhoneNumbers.masked(text)).isEqualTo(text);
    }
}

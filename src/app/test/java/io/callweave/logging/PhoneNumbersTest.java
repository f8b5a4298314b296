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
        "+1 555/010‑0002, +* ***/***‑**02",
        "GET /n?to=%2B15550100002&x=1, GET /n?to=%2B*********02&x=1",
        "tel:+1%20555%20010%200002, tel:+*%20***%20***%20**02",
        "dial 00447700900123, dial ************23",
        "dial 0044 (20) 7946-0958, dial **** (**) ****-**58",
        "(555) 010-0002, (***) ***-**02",
        "+1 (555) - 010 - 0002, +* (***) - *** - **02",
        "+1 555\u202f010 / 0002, +* ***\u202f*** / **02",
        "GET /n/00447700900123, GET /n/************23",
        "/contacts/555-010-0002, /contacts/***-***-**02",
        "1-555-010-0002, *-***-***-**02",
        "555.010.0002, ***.***.**02",
        "'{\"callerId\":\"15550100002\"}', '{\"callerId\":\"*********02\"}'",
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
        "127.0.0.1:9092",
        "192.168.100.1000",
        "'account=\"3058829020\"'",
        "'{\"account\":\"3058829020\",\"offset\":\"2147483999\"}'",
        "/restapi/v1.0/account/3058829020/telephony/sessions",
        "websocket:3058829020",
        "--topic callweave.notifications:5 --to-offset 2147483999",
        "2147483999 bytes",
        "firstUncommittedOffset=2147483999",
        "callweave.notifications-5@2147483999",
        "has retention.ms 1209600000, but notifications must be kept for 2592000000 ms",
        "/account/~/extension/2345678901",
        "say which: --account 3058829020 or --account 3058829021",
        "2026-11-29T10:00:00.000+0100",
        "10:15:00 192.168.100.10",
        "10:15:00 2026-07-01",
        "09:00-10:00 (27.07.2026)",
        "10:15:00 1234567890 bytes",
        "Content-Range: bytes 100-200/3000",
        "2026-12-01 04:00:12 +0000 [1234] main",
        "partitions 100/250/3000"
    })
    void shouldNotMaskOtherText(String text) {
        assertThat(PhoneNumbers.masked(text)).isEqualTo(text);
    }
}

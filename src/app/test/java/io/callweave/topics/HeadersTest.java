package io.callweave.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeadersTest {

    private final org.apache.kafka.common.header.Headers headers = new RecordHeaders();

    @Test
    void shouldWriteTimesWithMillisecondsAlways() {
        long time = Instant.parse("2020-06-23T01:05:43Z").toEpochMilli();

        assertThat(new String(Headers.time("t", time).value(), UTF_8)).isEqualTo("2020-06-23T01:05:43.000Z");
    }

    @Test
    void shouldReadBackWhatItWrote() {
        headers.add(Headers.text(Headers.SOURCE, "käse.ndjson:17")).add(Headers.time(Headers.RECEIVED_AT, 1_234));

        assertThat(Headers.text(headers, Headers.SOURCE)).isEqualTo("käse.ndjson:17");
        assertThat(Headers.time(headers, Headers.RECEIVED_AT)).isEqualTo(1_234);
    }

    @Test
    void shouldReadNothingFromAHeaderThatIsNotThere() {
        assertThat(Headers.text(headers, Headers.SOURCE)).isNull();
        assertThat(Headers.time(headers, Headers.RECEIVED_AT)).isNull();
    }
}

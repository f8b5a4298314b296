package io.callweave.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

    private static final long FIRST = 946_684_800_000L;
    private static final long LAST = 4_102_444_799_999L;

    @ParameterizedTest
    @CsvSource({
        "2020-06-23T01:05:43.940Z, 2020-06-23T01:05:43.940Z",
        "2020-06-23t01:05:43.940z, 2020-06-23T01:05:43.940Z",
        "2020-06-23T01:05:43Z, 2020-06-23T01:05:43Z",
        "2020-06-23T01:05Z, 2020-06-23T01:05:00Z",
        "2020-06-23T01:05+02, 2020-06-22T23:05:00Z",
        "2020-06-23T01:05:43.9Z, 2020-06-23T01:05:43.900Z",
        "2020-06-23T01:05:43.94Z, 2020-06-23T01:05:43.940Z",
        "2020-06-23T01:05:43.9409999999999999Z, 2020-06-23T01:05:43.940Z",
        "2020-06-23T01:05:43.940+02:00, 2020-06-22T23:05:43.940Z",
        "2020-06-23T01:05:43.940+0545, 2020-06-22T19:20:43.940Z",
        "2020-06-23T01:05:43.940-07, 2020-06-23T08:05:43.940Z",
        "2020-06-23T01:05:43.940-00:00, 2020-06-23T01:05:43.940Z",
        "2020-02-29T00:00:00Z, 2020-02-29T00:00:00Z",
        "2000-01-01T00:00:00Z, 2000-01-01T00:00:00Z",
        "1999-12-31T23:00:00-01:00, 2000-01-01T00:00:00Z",
        "2099-12-31T23:59:59.999Z, 2099-12-31T23:59:59.999Z",
        "2100-01-01T00:59:59.999+01:00, 2099-12-31T23:59:59.999Z"
    })
    void shouldReadAnInstantWithAZone(String text, Instant expected) {
        assertThat(Instants.parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Z",
                "2020-06-23",
                "2020-06-23T01Z",
                "2020-06-23T01:05",
                "2020-06-23T01:05:43",
                "2020-06-23T01:05:43.940",
                "2020-06-23T01:05:43.Z",
                "2020-06-23T01:05.5Z",
                "2020-06-23T01:05:4Z",
                "2020-06-23T01:05:Z",
                "2020-06-23T01:05:",
                "2020-06-23 01:05:43Z",
                " 2020-06-23T01:05:43Z",
                "2020-06-23T01:05:43Z ",
                "2020-06-23T01:05:43ZZ",
                "2020-06-23T01:05:43,940Z",
                "20200623T010543Z",
                "2020-6-23T01:05:43Z",
                "2020/06/23T01:05:43Z",
                "2020-00-23T01:05:43Z",
                "2020-13-23T01:05:43Z",
                "2020-06-00T01:05:43Z",
                "2020-06-31T01:05:43Z",
                "2021-02-29T01:05:43Z",
                "2020-02-30T01:05:43Z",
                "2020-06-23T24:00:00Z",
                "2020-06-23T01:60:43Z",
                "2020-06-23T01:05:60Z",
                "2020-06-23T01:05:43+1",
                "2020-06-23T01:05:43+1:00",
                "2020-06-23T01:05:43+24:00",
                "2020-06-23T01:05:43+01:60",
                "2020-06-23T01:05:43+01:0",
                "2020-06-23T01:05:43+01-00",
                "2020-06-23T01:05:43 01:00",
                "2020-06-23T01:05:43[UTC]",
                "2020-06-23T01:05:43UTC",
                "+2020-06-23T01:05:43Z",
                "-020-06-23T01:05:43Z",
                "12020-06-23T01:05:43Z",
                "٢٠٢٠-06-23T01:05:43Z",
                "2020-06-23T01:05:43.٩Z",
                "1999-12-31T23:59:59.999Z",
                "2000-01-01T00:00:00+00:01",
                "2100-01-01T00:00:00Z",
                "2099-12-31T23:59:59-00:01",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void shouldRejectEverythingElse(String text) {
        assertThat(Instants.parse(text)).isEqualTo(Instants.NONE);
    }

    @Property
    void shouldAgreeWithJavaTime(
            @ForAll @LongRange(min = FIRST, max = LAST) long time,
            @ForAll @IntRange(min = -1080, max = 1080) int minutes) {
        OffsetDateTime there = Instant.ofEpochMilli(time).atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));

        assertThat(Instants.parse(Instant.ofEpochMilli(time).toString())).isEqualTo(time);
        assertThat(Instants.parse(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(there)))
                .isEqualTo(time);
    }

    @Property
    void shouldTruncateToMilliseconds(@ForAll @NumericChars @StringLength(min = 1, max = 9) String fraction) {
        String text = "2020-06-23T01:05:43." + fraction + "Z";

        assertThat(Instants.parse(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @Property
    void shouldReadEachDigit(@ForAll @IntRange(min = 0, max = 23) int at, @ForAll char wrong) {
        StringBuilder text = new StringBuilder("2020-06-23T01:05:43.940Z");
        text.setCharAt(at, wrong);

        long expected = oracle(text.toString());

        assertThat(Instants.parse(text.toString())).as(text.toString()).isEqualTo(expected);
    }

    private static long oracle(String text) {
        try {
            long time = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            return time >= FIRST && time <= LAST ? time : Instants.NONE;
        } catch (DateTimeException e) {
            return Instants.NONE;
        }
    }
}

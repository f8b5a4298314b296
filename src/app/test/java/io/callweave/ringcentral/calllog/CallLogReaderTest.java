package io.callweave.ringcentral.calllog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.audit.LogEntry;
import io.callweave.call.event.Address;
import io.callweave.ringcentral.FakeRingCentral;
import io.callweave.ringcentral.RingCentralException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the Call Log of a period, within RingCentral's limits. */
class CallLogReaderTest {

    private static final String EXTRACT = "GET /restapi/v1.0/account/1/call-log-extract-sync";
    private static final String LOG = "GET /restapi/v1.0/account/1/call-log";
    private static final Instant FROM = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-02T10:20:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private final List<LogEntry> entries = new ArrayList<>();
    private FakeRingCentral ringCentral;

    @BeforeEach
    void start() throws IOException {
        ringCentral = new FakeRingCentral();
    }

    @AfterEach
    void stop() {
        ringCentral.close();
    }

    @Test
    void shouldReadAnEntry() throws InterruptedException {
        ringCentral.on(EXTRACT, 200, extract("", false, """
                {"id":"L1","telephonySessionId":"s-1","type":"Voice","direction":"Inbound","action":"Phone Call",
                 "result":"Accepted","startTime":"2026-03-02T10:00:00.500+01:00","duration":12,"durationMs":12345,
                 "from":{"phoneNumber":"+15550100001","name":"Ann"},"to":{"extensionNumber":"101","extensionId":"7"},
                 "extension":{"id":7},"legs":[{"telephonySessionId":"s-1"},{"telephonySessionId":"s-2"},{"master":false}],
                 "lastModifiedTime":"2026-03-02T09:01:00.000Z"}"""));

        read();

        assertThat(entries)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("raw")
                .containsExactly(new LogEntry(
                        "L1",
                        "s-1",
                        "Voice",
                        "Inbound",
                        "Phone Call",
                        "Accepted",
                        FROM.plusMillis(500).toEpochMilli(),
                        12_345L,
                        new Address("+15550100001", "Ann", null, null),
                        new Address(null, null, "7", "101"),
                        "7",
                        Set.of("s-1", "s-2"),
                        FROM.plusSeconds(60).toEpochMilli(),
                        entries.get(0).raw()));
    }

    @Test
    void shouldGoOnWithTheTokenAndWaitBeforeTheLimitIsReached() throws InterruptedException {
        ringCentral
                .on(EXTRACT, 200, extract("t1", true, entry("L1", 0)), limit(10, 9))
                .on(EXTRACT, 200, extract("t2", true, entry("L2", 1)), limit(10, 2))
                .on(EXTRACT, 200, extract("t3", false, entry("L3", 2)), limit(10, 1));

        CallLogReader.Took took = read();

        assertThat(ids()).containsExactly("L1", "L2", "L3");
        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60));
        assertThat(took).isEqualTo(new CallLogReader.Took(3, 3));
    }

    @Test
    void shouldLeaveOutWhatBeganAtAnotherTimeOrWasDeleted() throws InterruptedException {
        String deleted = entry("L3", 5).replace("{", "{\"deleted\":true,");
        ringCentral.on(EXTRACT, 200, extract("", false, entry("L1", -1), entry("L2", 60), deleted, entry("L4", 5)));

        read();

        assertThat(ids()).containsExactly("L4");
    }

    @Test
    void shouldReadPagesWhenRingCentralForgetsTheToken() throws InterruptedException {
        ringCentral
                .on(EXTRACT, 200, extract("t1", true, entry("L1", 30)))
                .on(EXTRACT, 400, "{\"errorCode\":\"CMN-101\",\"message\":\"Parameter [syncToken] value is invalid\"}")
                .on(LOG, 429, "{}", "Retry-After", "0")
                .on(LOG, 200, "{\"records\":[" + entry("L0", 3) + "," + entry("L1", 30) + "]}");

        read();

        assertThat(ids()).containsExactly("L1", "L0", "L1");
    }

    @Test
    void shouldReadPagesWhenAnExtractLeavesOutOlderRecords() throws InterruptedException {
        ringCentral
                .on(EXTRACT, 200, "{\"records\":[" + entry("L1", 30) + "],\"syncInfo\":{\"olderRecordsExist\":true}}")
                .on(LOG, 200, "{\"records\":[" + entry("L0", 3) + "]}");

        read();

        assertThat(ids()).containsExactly("L1", "L0");
    }

    @Test
    void shouldReadPagesWhereTheExtractIsRefused() throws InterruptedException {
        ringCentral.on(EXTRACT, 404, "{}").on(LOG, 200, "{\"records\":[" + entry("L1", 3) + "]}");

        read();

        assertThat(ids()).containsExactly("L1");
    }

    @Test
    void shouldNotExtractAllThatChangedSinceAnOldPeriod() throws InterruptedException {
        ringCentral.on(LOG, 200, "{\"records\":[" + entry("L1", 3) + "]}");

        new CallLogReader(ringCentral.client(), "1", pauses::add, () -> NOW.plus(Duration.ofDays(30)))
                .read(FROM, TO, entries::add);

        assertThat(ids()).containsExactly("L1");
        assertThat(ringCentral.requests()).noneMatch(EXTRACT::equals);
    }

    @Test
    void shouldNotGoOnWithTheSameToken() {
        ringCentral.on(EXTRACT, 200, extract("t1", true, entry("L1", 0)));

        assertThatThrownBy(this::read)
                .isInstanceOf(RingCentralException.class)
                .hasMessage(
                        "The Call Log is not read to its end: RingCentral says that there is more, at a place that was read before.");
    }

    @Test
    void shouldNotGoInACircleOfTokens() {
        for (int i = 0; i < 5; i++) {
            ringCentral.on(EXTRACT, 200, extract("t1", true)).on(EXTRACT, 200, extract("t2", true));
        }

        assertThatThrownBy(this::read).hasMessageEndingWith("at a place that was read before.");
        assertThat(ringCentral.requests()).filteredOn(EXTRACT::equals).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3"})
    void shouldNotReadTheSamePagesAgainAndAgain(int pages, int again) {
        ringCentral.on(EXTRACT, 404, "{}");
        for (int page = 0; page < 6; page++) {
            String names = "L" + page % pages + "-";
            ringCentral.on(
                    LOG,
                    200,
                    IntStream.range(0, CallLogReader.RECORDS_PER_REQUEST)
                            .mapToObj(i -> entry(names + i, 3))
                            .collect(Collectors.joining(",", "{\"records\":[", "]}")));
        }

        assertThatThrownBy(this::read)
                .hasMessage("The Call Log is not read to its end: page " + again + " is the same as an earlier one.");
        assertThat(entries).hasSize(pages * CallLogReader.RECORDS_PER_REQUEST);
    }

    @Test
    void shouldNotReadALogWithoutAnEnd() {
        for (int i = 0; i <= 20; i++) {
            ringCentral.on(EXTRACT, 200, extract("t" + i, true));
        }
        CallLogReader reader = new CallLogReader(ringCentral.client(), "1", pauses::add, () -> NOW, 20);

        assertThatThrownBy(() -> reader.read(FROM, TO, entries::add))
                .hasMessage("The Call Log is not read to its end: it has more than 20 pages.");
    }

    @Test
    void shouldNameTheMissingPermission() {
        ringCentral.on(
                EXTRACT,
                403,
                "{\"errors\":[{\"errorCode\":\"CMN-401\",\"message\":\"needs [ReadCallLog] permission\"}]}");

        assertThatThrownBy(this::read).isInstanceOf(RingCentralException.class).hasMessageContaining("ReadCallLog");
    }

    private CallLogReader.Took read() throws InterruptedException {
        return new CallLogReader(ringCentral.client(), "1", pauses::add, () -> NOW).read(FROM, TO, entries::add);
    }

    private List<String> ids() {
        return entries.stream().map(LogEntry::id).toList();
    }

    private static String extract(String token, boolean more, String... records) {
        return "{\"records\":[" + String.join(",", records) + "],\"syncInfo\":{\"syncToken\":\"" + token
                + "\",\"newerRecordsExist\":" + more + "}}";
    }

    private static String entry(String id, int minute) {
        Instant start = FROM.plus(Duration.ofMinutes(minute));
        return "{\"id\":\"" + id + "\",\"startTime\":\"" + start + "\",\"lastModifiedTime\":\"" + start + "\"}";
    }

    private static String[] limit(int limit, int left) {
        return new String[] {
            "X-Rate-Limit-Limit", Integer.toString(limit),
            "X-Rate-Limit-Remaining", Integer.toString(left),
            "X-Rate-Limit-Window", "60"
        };
    }
}

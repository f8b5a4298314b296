package io.callweave.bridge.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.call.event.Address;
import io.callweave.record.ExcludedCalls;
import io.callweave.ringcentral.FakeRingCentral;
import io.callweave.ringcentral.Pause;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.calllog.CallLogReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read of the log, before it is compared. */
class AuditorTest {

    private static final Instant FROM = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T10:00:00Z");

    private static final String ENTRY = """
            {"id":"L1","telephonySessionId":"s-1","startTime":"2026-03-02T09:10:00.000Z","durationMs":1000,
             "result":"IP Phone Offline","from":{"phoneNumber":"+15550100001","name":"Ann"},"extension":{"id":7}}""";

    @Test
    void shouldMaskTheLogAsTheCallsAre() throws IOException, InterruptedException {
        Auditor.Sides sides = read(auditor(Set.of()), Privacy.MASK);

        assertThat(sides.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.from()).isEqualTo(new Address("+1555010XXXX", "***", null, null));
            assertThat(entry.result()).isEqualTo("IP Phone Offline");
            assertThat(entry.extensionId()).isEqualTo("7");
        });
    }

    /** RingCentral adds words, and a sender can make ids up. */
    @Test
    void shouldMaskAllThatNobodyKnowsInTheLog() throws IOException, InterruptedException {
        String entry =
                ENTRY.replace("IP Phone Offline", "Ann said +15550100001").replace("s-1", "s-Ann Lee");

        assertThat(read(auditor(Set.of()), Privacy.MASK, List.of(entry)).entries())
                .singleElement()
                .satisfies(masked -> {
                    assertThat(masked.result()).isEqualTo("***");
                    assertThat(masked.telephonySessionId()).isEqualTo("***");
                    assertThat(masked.id()).isEqualTo("L1");
                    assertThat(masked.durationMs()).isEqualTo(1_000);
                });
    }

    @Test
    void shouldNotNameAnotherAccountThatWasNotAskedFor() throws IOException, InterruptedException {
        String call = "{\"callId\":\"s-1\",\"accountId\":\"2\",\"revision\":1,\"epoch\":1,\"status\":\"complete\"}";

        assertThat(read(auditor(Set.of("1")), Privacy.NONE, call).elsewhere()).isEqualTo(Map.of("s-1", "another"));
        assertThat(read(auditor(Set.of("1", "2")), Privacy.NONE, call).elsewhere())
                .isEqualTo(Map.of("s-1", "2"));
    }

    @Test
    void shouldNotKeepALargerLogThanThereIsMemoryFor() {
        Auditor small = new Auditor(ExcludedCalls.NONE, new PersonalDataMasker(null), Duration.ZERO, Set.of(), 100);

        assertThatThrownBy(() -> read(small, Privacy.NONE))
                .isInstanceOf(RingCentralException.class)
                .hasMessage(
                        "The records of the Call Log of the period need more than 100 bytes of memory: use a shorter"
                                + " period, or give Java more memory.");
    }

    /** A sender chooses how long texts are, and how many parties a call has. */
    @Test
    void shouldNotKeepLargerCallsThanThereIsMemoryFor() throws IOException, InterruptedException {
        Auditor small = new Auditor(ExcludedCalls.NONE, new PersonalDataMasker(null), Duration.ZERO, Set.of(), 10_000);

        assertThatThrownBy(() -> read(small, Privacy.NONE, call("s-1", FROM, "x".repeat(10_000))))
                .isInstanceOf(RingCentralException.class)
                .hasMessage("The calls of the period need more than 10,000 bytes of memory: use a shorter period, or"
                        + " give Java more memory.");
        assertThat(read(small, Privacy.NONE, call("s-1", FROM, "x")).calls()).hasSize(1);
    }

    @Test
    void shouldKeepLittleOfCallsThatAreNotCompared() throws IOException, InterruptedException {
        Auditor small = new Auditor(ExcludedCalls.NONE, new PersonalDataMasker(null), Duration.ZERO, Set.of(), 10_000);

        assertThat(read(small, Privacy.NONE, call("s-2", TO, "x".repeat(10_000)))
                        .calls())
                .isEmpty();
    }

    private static String call(String id, Instant start, String caller) {
        return """
                {"callId":"%s","accountId":"1","revision":1,"epoch":1,"status":"complete","startTime":"%s",
                 "direction":"Inbound","type":"Voice","action":"Phone Call","result":"Accepted","from":{"name":"%s"}}""".formatted(id, start, caller);
    }

    private static Auditor auditor(Set<String> named) {
        return new Auditor(ExcludedCalls.NONE, new PersonalDataMasker(null), Duration.ZERO, named);
    }

    private static Auditor.Sides read(Auditor auditor, Privacy privacy, String... calls)
            throws IOException, InterruptedException {
        return read(auditor, privacy, List.of(ENTRY), calls);
    }

    private static Auditor.Sides read(Auditor auditor, Privacy privacy, List<String> log, String... calls)
            throws IOException, InterruptedException {
        try (FakeRingCentral ringCentral = new FakeRingCentral()) {
            ringCentral.on(
                    "GET /restapi/v1.0/account/1/call-log-extract-sync",
                    200,
                    "{\"records\":[" + String.join(",", log) + "],\"syncInfo\":{\"newerRecordsExist\":false}}");
            return auditor.read(
                    "1",
                    privacy,
                    new Auditor.Period(FROM.toEpochMilli(), TO.toEpochMilli()),
                    new CallLogReader(ringCentral.client(), "1", Pause.REAL, () -> TO),
                    (from, taker) -> Stream.of(calls).forEach(call -> taker.take(call.getBytes(UTF_8))),
                    read -> {});
        }
    }
}

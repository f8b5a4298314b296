package io.callweave.bridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.call.event.Address;
import io.callweave.record.ExcludedCalls;
import io.callweave.ringcentral.FakeRingCentral;
import io.callweave.ringcentral.Pause;
import io.callweave.ringcentral.calllog.CallLogReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is read of the log, before it is compared. */
class AuditorTest {

    private static final Instant FROM = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void shouldMaskTheLogAsTheCallsAre() throws IOException, InterruptedException {
        try (FakeRingCentral ringCentral = new FakeRingCentral()) {
            ringCentral.on("GET /restapi/v1.0/account/1/call-log-extract-sync", 200, """
                    {"records":[{"id":"L1","telephonySessionId":"s-1","startTime":"2026-03-02T09:10:00.000Z",
                     "result":"IP Phone Offline","from":{"phoneNumber":"+15550100001","name":"Ann"},
                     "extension":{"id":7}}],"syncInfo":{"newerRecordsExist":false}}""");
            Auditor auditor = new Auditor(ExcludedCalls.NONE, new PersonalDataMasker(null), Duration.ZERO);

            Auditor.Sides sides = auditor.read(
                    "1",
                    Privacy.MASK,
                    new Auditor.Period(FROM.toEpochMilli(), TO.toEpochMilli()),
                    new CallLogReader(ringCentral.client(), "1", Pause.REAL, () -> TO),
                    (from, taker) -> {},
                    read -> {});

            assertThat(sides.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.from()).isEqualTo(new Address("+1555010XXXX", "***", null, null));
                assertThat(entry.result()).isEqualTo("IP Phone Offline");
                assertThat(entry.extensionId()).isEqualTo("7");
            });
        }
    }
}

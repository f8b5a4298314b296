package io.callweave.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingsTest {

    /** Who sends a notification names the recording, and the app may read much more. */
    @ParameterizedTest
    @CsvSource({
        "7, true",
        "../../~/extension/~/message-store?x=, false",
        "7/content, false",
        "7?x=, false",
        "%2e%2e, false",
        "'7 8', false"
    })
    void shouldAskForNothingButARecording(String id, boolean asked) throws Exception {
        try (FakeRingCentral ringCentral = new FakeRingCentral()) {
            Recordings recordings =
                    new Client(ringCentral.server(), FakeRingCentral.CREDENTIALS, Instant::now).recordings("1");
            ringCentral.on("GET /restapi/v1.0/account/1/recording/7", 200, "{\"id\":\"7\"}");

            Recordings.Answer answer = recordings.get(id);

            assertThat(answer.metadata() != null).isEqualTo(asked);
            assertThat(ringCentral.requests().stream().anyMatch(request -> request.startsWith("GET")))
                    .isEqualTo(asked);
        }
    }
}

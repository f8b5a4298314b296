package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waits of many calls end at one moment, and the process dies while it gives them out: each goes out once. */
class KilledWhileDueIT {

    private static final int CALLS = 6_000;

    /** A step gives out no more than 1,000 calls, so many are left where so few went out. */
    private static final int SOME = 300;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseAndDoubleNothing() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
                Installation installation = Installation.create(kafka, directory, "due", Map.of())) {
            // Before it starts: so all of them wait when the clock has caught up.
            installation.accept(calls());
            try (StreamsProcess process = installation.startProcess("only")) {
                await().atMost(Installation.PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> process.metric("callweave_calls_emitted_total") > SOME);
                process.kill();
            }
            try (StreamsProcess process = installation.startProcess("only")) {
                await().atMost(Installation.PATIENCE).until(process::isReady);

                installation.awaitAssembled();
            }
            assertThat(installation.emissions()).hasSize(CALLS);
        }
    }

    /** Nobody else is seen on the phone, so each is waited for. */
    private static List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(
                    "{\"event\":\"/restapi/v1.0/account/" + (809_646_016 + i % 7)
                            + "/telephony/sessions\",\"timestamp\":\"2026-03-02T09:00:00Z\",\"body\":{\"telephonySessionId\":\"s-"
                            + i + "\",\"sequence\":2,\"eventTime\":\"2026-03-02T09:00:00Z\",\"parties\":[{\"id\":\"p-"
                            + i
                            + "-1\",\"extensionId\":\"104\",\"direction\":\"Inbound\",\"status\":{\"code\":\"Disconnected\"}}]}}");
        }
        return calls;
    }
}

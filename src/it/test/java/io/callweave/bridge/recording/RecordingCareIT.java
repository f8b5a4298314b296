package io.callweave.bridge.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.OneAccount;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.transport.Bridge;
import io.callweave.call.fact.FactKind;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge finds recordings in calls, asks RingCentral for them, and keeps what is ready as a notification. */
class RecordingCareIT {

    private static final String ACCOUNT = "809646016";
    private static final RecordingTimes FAST = new RecordingTimes(
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            Duration.ofMinutes(10),
            Duration.ofMillis(30),
            Duration.ofMillis(200),
            Duration.ofMillis(500));

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    private final MemorySink sink = new MemorySink();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldAskUntilARecordingIsReadyAndKeepTheAnswerOnce() throws Exception {
        try (PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of());
                Bridge bridge = bridge()) {
            start(bridge, platform, "calls-a");
            platform.faults().refuse("/restapi/v1.0/account/" + ACCOUNT + "/recording", 500, 1, 0);
            platform.faults().refuse("/restapi/v1.0/account/" + ACCOUNT + "/recording", 429, 1, 1);
            write("calls-a", "c1", call("7", null));
            await().until(() -> asked(platform) >= 2);
            assertThat(notifications()).as("not ready").isEmpty();

            platform.publish(ready("7"));

            await().until(() -> notifications().size() == 1);
            assertThat(notifications().get(0))
                    .contains(
                            "\"event\":\"/restapi/v1.0/account/809646016/recording/7\"",
                            "\"contentUri\":\"https://media/7\"",
                            "\"duration\":65",
                            "\"readyAt\":\"");
            write("calls-a", "c1", call("7", null)); // a revision that does not know it yet
            write("calls-a", "c2", call("8", "2026-03-02T09:00:00.000Z"));
            platform.publish(ready("9"));
            write("calls-a", "c3", call("9", null));
            await().until(() -> notifications().size() == 2);
            assertThat(notifications().get(1)).contains("/recording/9");
        }
    }

    @Test
    void shouldNameTheMissingPermission() throws Exception {
        try (PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of(PlatformCredentials.READ_CALL_RECORDING));
                Bridge bridge = bridge()) {
            start(bridge, platform, "calls-b");
            write("calls-b", "c1", call("7", null));

            await().untilAsserted(() -> assertThat(bridge.accountsHealth())
                    .contains("Recordings are not read. The permission ReadCallRecording is missing"));
        }
    }

    private List<String> notifications() {
        return sink.of("notifications").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static long asked(PlatformServer platform) {
        return platform.recordings().asked().size();
    }

    private static void start(Bridge bridge, PlatformServer platform, String topic) throws Exception {
        Brokers.createTopic(kafka, topic, 2, Map.of());
        bridge.start(services -> RecordingCare.start(
                services,
                new MemoryHolder(),
                new Server(URI.create(platform.address()), Patience.NONE),
                FAST,
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                topic));
    }

    private Bridge bridge() {
        return Bridge.open(
                OneAccount.bridge(
                        OneAccount.accounts(
                                null,
                                ACCOUNT,
                                TelephonyFilter.OF_ACCOUNT,
                                Connection.Way.WEBSOCKET,
                                false,
                                Set.of(FactKind.RECORDING)),
                        folder,
                        Duration.ofSeconds(1)),
                sink,
                new SimpleMeterRegistry());
    }

    private static void write(String topic, String callId, String value) throws Exception {
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            producer.send(new ProducerRecord<>(topic, ACCOUNT + "/" + callId, value.getBytes(UTF_8)))
                    .get();
        }
    }

    private static String call(String recording, String readyAt) {
        Instant end = Instant.now();
        return """
                {"callId":"c","accountId":"%s","status":"complete","direction":"Inbound","type":"Voice",
                 "action":"Phone Call","result":"Accepted","startTime":"%s","endTime":"%s","talkMs":0,"holdMs":0,"parkMs":0,
                 "artifacts":[{"kind":"recording","id":"%s","telephonySessionId":"c","readyAt":%s}]}""".formatted(
                ACCOUNT, end.minusMillis(100), end, recording, readyAt == null ? "null" : "\"" + readyAt + "\"");
    }

    private static byte[] ready(String recording) {
        return """
                {"event":"/restapi/v1.0/account/%s/recording/%s","body":{"id":"%s","duration":65,
                 "contentUri":"https://media/%s","contentType":"audio/mpeg","readyAt":"2026-03-02T09:00:00.000Z"}}""".formatted(ACCOUNT, recording, recording, recording).getBytes(UTF_8);
    }
}

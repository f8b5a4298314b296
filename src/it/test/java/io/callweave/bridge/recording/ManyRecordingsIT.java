package io.callweave.bridge.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.TimestampSource;
import io.callweave.bridge.account.AccountDefaults;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.ConnectionDefaults;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.activity.SilenceLimits;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.Bridge;
import io.callweave.bridge.transport.BridgeConfig;
import io.callweave.call.fact.FactKind;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.telephony.PlatformRecordings.Asked;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand accounts have recordings, RingCentral limits each of them, and a bridge is killed. Time runs 60 times faster. */
@Tag("full")
class ManyRecordingsIT {

    private static final int ACCOUNTS = 1_000;
    private static final int USUAL = 2;
    private static final int BUSY = 60;
    private static final String TOPIC = "calls";

    @TempDir
    private static Path folder;

    private final Clock clock = new FastClock(Instant.now(), System.nanoTime());
    private final List<byte[]> readyLater = new ArrayList<>();
    private final List<String> accounts = IntStream.range(0, ACCOUNTS)
            .mapToObj(i -> Integer.toString(400_000_000 + i))
            .toList();

    /** Sixty times as fast as it should be. */
    private static final class FastClock extends Clock {

        private final Instant began;
        private final long beganNanos;

        private FastClock(Instant began, long beganNanos) {
            this.began = began;
            this.beganNanos = beganNanos;
        }

        @Override
        public Instant instant() {
            return began.plusNanos((System.nanoTime() - beganNanos) * 60);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void shouldKeepTheLimitsOfEachAccountAndAskForNothingTwiceWithinAMinuteAlsoAfterAKill() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
                PlatformServer platform = PlatformServer.start(PlatformOptions.of(accounts), clock)) {
            Brokers.createTopic(kafka, TOPIC, 4, Map.of());
            Set<String> expected = write(kafka, platform);
            MemorySink before = new MemorySink();
            MemorySink after = new MemorySink();
            MemoryHolder first = new MemoryHolder();
            MemoryHolder second = new MemoryHolder();
            second.holds(false);
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            try (Bridge next = bridge(after, meters)) {
                try (Bridge killed = bridge(before, meters)) {
                    start(killed, first, kafka, platform);
                    start(next, second, kafka, platform);
                    await().atMost(Duration.ofMinutes(5))
                            .until(() -> recordings(before).size() >= expected.size() / 2);
                }
                Thread.sleep(400); // 24 seconds until its group notices
                showReady(kafka, recordings(before));
                readyLater.forEach(platform::publish);
                second.holds(true);
                await().atMost(Duration.ofMinutes(8))
                        .untilAsserted(() -> assertThat(kept(before, after))
                                .as("nothing is lost")
                                .isEqualTo(expected));
            }
            assertLimits(platform.recordings().asked());
        }
    }

    private static void assertLimits(List<Asked> asked) {
        Map<String, List<Instant>> byRecording = new HashMap<>();
        Map<String, List<Instant>> byAccount = new HashMap<>();
        for (Asked each : asked) {
            byRecording
                    .computeIfAbsent(each.account() + "/" + each.recording(), added -> new ArrayList<>())
                    .add(each.time());
            byAccount
                    .computeIfAbsent(each.account(), added -> new ArrayList<>())
                    .add(each.time());
        }
        byRecording.forEach((recording, times) -> {
            for (int i = 1; i < times.size(); i++) {
                assertThat(Duration.between(times.get(i - 1), times.get(i)))
                        .as(recording)
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(60));
            }
        });
        byAccount.forEach((account, times) -> times.forEach(from -> assertThat(
                        times.stream().filter(time -> !time.isBefore(from) && time.isBefore(from.plusSeconds(60))))
                .as(account)
                .hasSizeLessThanOrEqualTo(10)));
    }

    /** All calls are over; of every fifth, the recording becomes ready only later. */
    private Set<String> write(EmbeddedKafka kafka, PlatformServer platform) throws Exception {
        Set<String> all = new TreeSet<>();
        Instant end = clock.instant().minusSeconds(60);
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            for (String account : accounts) {
                int many = account.equals(accounts.get(0)) ? BUSY : USUAL;
                for (int i = 0; i < many; i++) {
                    String id = account + i;
                    all.add(id);
                    producer.send(new ProducerRecord<>(
                            TOPIC, account + "/s-" + id, call(account, id, end).getBytes(UTF_8)));
                    if (all.size() % 5 != 0) {
                        platform.publish(ready(account, id));
                    } else {
                        readyLater.add(ready(account, id));
                    }
                }
            }
            producer.flush();
        }
        return all;
    }

    /** As streams do a moment after the bridge has kept them. */
    private void showReady(EmbeddedKafka kafka, List<String> recordings) {
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            for (String id : recordings) {
                String account = id.substring(0, accounts.get(0).length());
                String shown = call(account, id, clock.instant())
                        .replace("\"readyAt\":null", "\"readyAt\":\"2026-03-02T09:00:00.000Z\"");
                producer.send(new ProducerRecord<>(TOPIC, account + "/s-" + id, shown.getBytes(UTF_8)));
            }
            producer.flush();
        }
    }

    private static Set<String> kept(MemorySink... sinks) {
        Set<String> kept = new TreeSet<>();
        for (MemorySink sink : sinks) {
            kept.addAll(recordings(sink));
        }
        return kept;
    }

    private static List<String> recordings(MemorySink sink) {
        return sink.of("notifications").stream()
                .map(record -> new String(record.value(), UTF_8))
                .map(json -> json.replaceFirst("(?s).*?/recording/(\\d+).*", "$1"))
                .toList();
    }

    private static void start(Bridge bridge, Holder holder, EmbeddedKafka kafka, PlatformServer platform) {
        bridge.start(services -> RecordingCare.start(
                services,
                holder,
                new Server(URI.create(platform.address()), Patience.NONE),
                RecordingTimes.DEFAULT,
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                TOPIC));
    }

    private Bridge bridge(MemorySink sink, SimpleMeterRegistry meters) throws IOException {
        List<String> lines = accounts.stream()
                .flatMap(id -> Stream.of(
                        "account." + id + ".jwt=jwt-" + id,
                        "account." + id + ".client-id=client-" + id,
                        "account." + id + ".client-secret=secret-" + id))
                .toList();
        return Bridge.open(
                new BridgeConfig(
                        new IntakeRules("", 1 << 20, null, TimestampSource.OF_KAFKA),
                        new AccountsSource(
                                Files.write(folder.resolve("accounts.properties"), lines),
                                "",
                                "",
                                new AccountDefaults(
                                        Privacy.NONE,
                                        100,
                                        false,
                                        new ConnectionDefaults(
                                                "",
                                                "",
                                                Map.of(),
                                                List.of(TelephonyFilter.OF_ACCOUNT),
                                                Connection.Way.WEBSOCKET,
                                                false,
                                                Set.of(FactKind.RECORDING)))),
                        new SilenceLimits(Duration.ofMinutes(1), 10),
                        200,
                        folder.resolve("expectations.properties"),
                        Duration.ofHours(1)),
                sink,
                meters,
                clock);
    }

    private static String call(String account, String recording, Instant end) {
        return """
                {"callId":"s-%s","accountId":"%s","status":"complete","direction":"Inbound","type":"Voice",
                 "action":"Phone Call","result":"Accepted","startTime":"%s","endTime":"%s","talkMs":0,"holdMs":0,"parkMs":0,
                 "artifacts":[{"kind":"recording","id":"%s","telephonySessionId":"s-%s","readyAt":null}]}""".formatted(recording, account, end.minusSeconds(45), end, recording, recording);
    }

    private static byte[] ready(String account, String recording) {
        return """
                {"event":"/restapi/v1.0/account/%s/recording/%s","body":{"id":"%s","duration":45,
                 "contentUri":"https://media/%s","contentType":"audio/mpeg"}}""".formatted(account, recording, recording, recording).getBytes(UTF_8);
    }
}

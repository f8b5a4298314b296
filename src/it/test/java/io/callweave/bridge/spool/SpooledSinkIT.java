package io.callweave.bridge.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.RawRecord;
import io.callweave.local.BoundPort;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.meter.Metric;
import io.callweave.topics.TopicReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a broker that comes and goes. */
class SpooledSinkIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KEYS = 7;
    private static final String TOPIC = "kept.notifications";
    private static final long ROOMY = 64 << 20;

    private static final int MAX_MESSAGE_BYTES = 100_000;

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
    private final List<CompletableFuture<Kept>> answers = new ArrayList<>();
    private final List<RawRecord> given = new ArrayList<>();
    private BoundPort port;
    private EmbeddedKafka kafka;

    @BeforeEach
    void choosePort() throws IOException {
        port = new BoundPort();
    }

    @AfterEach
    void stopBroker() throws IOException {
        if (kafka != null) {
            kafka.close();
        }
        port.close();
    }

    @Test
    @Tag("full")
    void shouldGoStraightToKafkaAsItIs() throws Exception {
        startBrokerWithTopic();
        try (SpooledSink keeping = openPatiently()) {
            await().until(keeping::isKafkaAnswering);
            RawRecord raw = new RawRecord(
                    TOPIC,
                    new byte[] {0, (byte) 0xff},
                    new byte[] {(byte) 0xc3, 0, 10, 13},
                    List.of(new RecordHeader("a", new byte[] {1}), new RecordHeader("a", new byte[0])));
            give(keeping, raw);
            give(keeping, new RawRecord(TOPIC, null, new byte[] {9}, List.of()));

            assertThat(outcomes()).containsOnly(Kept.KEPT);
            assertThat(count(Metric.SPOOL_SPOOLED)).isZero();
        }
        List<ConsumerRecord<byte[], byte[]>> read = read();
        assertThat(read).hasSize(2);
        ConsumerRecord<byte[], byte[]> first =
                read.stream().filter(each -> each.key() != null).findFirst().orElseThrow();
        assertThat(first.key()).isEqualTo(new byte[] {0, (byte) 0xff});
        assertThat(first.value()).isEqualTo(new byte[] {(byte) 0xc3, 0, 10, 13});
        assertThat(first.headers()).hasSize(2);
        assertThat(first.headers().toArray()[0].value()).isEqualTo(new byte[] {1});
        assertThat(first.headers().toArray()[1].value()).isEmpty();
    }

    @Test
    @Tag("full")
    void shouldAcceptBeforeThereIsABrokerAndDrainInOrder() throws Exception {
        try (SpooledSink keeping = open(ROOMY)) {
            give(keeping, 0, 500);
            assertThat(outcomes()).containsOnly(Kept.KEPT);
            assertThat(keeping.status().depth()).isEqualTo(500);
            await().until(() -> keeping.status().oldestAgeMs() > 0);
            assertThat(keeping.status().room()).isTrue();

            startBrokerWithTopic();
            int next = 500;
            while (!keeping.isKafkaAnswering()) { // what comes while it drains gets in line
                give(keeping, next++, 1);
                Thread.sleep(1);
            }
            give(keeping, next, 500);

            assertThat(outcomes()).containsOnly(Kept.KEPT);
            await().until(() -> keeping.status().depth() == 0);
            assertThat(keeping.status().bytes()).isZero();
            assertThat(keeping.status().oldestAgeMs()).isZero();
        }
        assertEverythingKeptIsThereInOrder();
    }

    @Test
    @Tag("full")
    void shouldLoseNothingWhenTheBrokerGoesAwayAndComesBackUnderLoad() throws Exception {
        startBrokerWithTopic();
        try (SpooledSink keeping = open(ROOMY)) {
            await().until(keeping::isKafkaAnswering);
            int next = 0;
            next = giveSlowly(keeping, next, 300);
            EmbeddedKafka going = kafka;
            Thread stop = new Thread(going::close);
            stop.start();
            while (keeping.isKafkaAnswering()) {
                next = giveSlowly(keeping, next, 1);
            }
            stop.join();
            next = giveSlowly(keeping, next, 300);
            await().until(() -> keeping.status().depth() > 0);
            startBroker();
            while (!keeping.isKafkaAnswering()) {
                next = giveSlowly(keeping, next, 1);
            }
            give(keeping, next, 300);
            assertThat(outcomes()).containsOnly(Kept.KEPT);
            await().until(() -> keeping.status().depth() == 0);
        }
        assertEverythingKeptIsThereInOrder();
        int duplicates = read().size() - given.size();
        assertThat(duplicates).isLessThanOrEqualTo((int) count(Metric.SPOOL_RESENT));
    }

    @Test
    @Tag("full")
    void shouldRefuseWhenTheSpoolIsFullAndTakeAgainWhenItHasDrained() throws Exception {
        try (SpooledSink keeping = open(20_000)) {
            int next = 0;
            do {
                give(keeping, next++, 1);
            } while (answers.get(next - 1).get() == Kept.KEPT);
            give(keeping, next, 500);
            assertThat(outcomes().subList(next - 1, next + 500)).containsOnly(Kept.NO_ROOM);
            assertThat(keeping.status().room()).isFalse();
            assertThat(keeping.status().bytes()).isLessThanOrEqualTo(20_000);
            assertThat(registry.get(Metric.SPOOL_FULL.meterName()).gauge().value())
                    .isEqualTo(1);
            assertThat(count(Metric.SPOOL_REFUSED)).isEqualTo(501);

            startBrokerWithTopic();
            await().until(() -> keeping.status().room() && keeping.isKafkaAnswering());
            give(keeping, next + 500, 1);
            assertThat(answers.get(next + 500).get()).isEqualTo(Kept.KEPT);
            await().until(() -> keeping.status().depth() == 0);
        }
        assertEverythingKeptIsThereInOrder();
    }

    @Test
    @Tag("full")
    void shouldCallItselfFullWhenItRefusesALargeRecordAndStillTakeSmallOnes() throws Exception {
        try (SpooledSink keeping = open(20_000)) {
            give(keeping, 0, 50);
            assertThat(outcomes()).containsOnly(Kept.KEPT);
            assertThat(keeping.status().room()).isTrue();

            give(keeping, new RawRecord(TOPIC, "s-large".getBytes(UTF_8), new byte[18_500], List.of()));
            assertThat(answers.get(50).get()).isEqualTo(Kept.NO_ROOM);
            assertThat(keeping.status().room()).isFalse();
            assertThat(registry.get(Metric.SPOOL_FULL.meterName()).gauge().value())
                    .isEqualTo(1);

            give(keeping, 51, 1);
            assertThat(answers.get(51).get()).isEqualTo(Kept.KEPT);
            startBrokerWithTopic();
            await().until(() -> keeping.status().room());
        }
        assertEverythingKeptIsThereInOrder();
    }

    @Test
    @Tag("full")
    void shouldRefuseWhileTheDiskIsFullAndRecover() throws Exception {
        try (SpooledSink keeping = open(ROOMY)) {
            give(keeping, 0, 50);
            assertThat(outcomes()).containsOnly(Kept.KEPT);
            usable.set(0);
            give(keeping, 50, 50);
            assertThat(outcomes().subList(50, 100)).containsOnly(Kept.NO_ROOM);
            await().until(() -> !keeping.status().room());
            usable.set(Long.MAX_VALUE);
            await().until(() -> keeping.status().room());
            give(keeping, 100, 50);
            assertThat(outcomes().subList(100, 150)).containsOnly(Kept.KEPT);

            usable.set(0); // a full disk does not hold up what drains
            startBrokerWithTopic();
            await().until(() -> keeping.status().depth() == 0);
            give(keeping, 150, 50);
            assertThat(outcomes().subList(150, 200)).containsOnly(Kept.KEPT);
        }
        assertEverythingKeptIsThereInOrder();
    }

    @Test
    @Tag("full")
    void shouldSetAsideWhatKafkaRefusesAndGoOn() throws Exception {
        try (SpooledSink keeping = open(ROOMY)) {
            give(keeping, ordinary(0));
            give(keeping, new RawRecord(TOPIC, null, new byte[200_000], List.of()));
            give(keeping, ordinary(1));
            startBrokerWithTopic();
            await().until(() -> keeping.status().depth() == 0 && keeping.isKafkaAnswering());
            give(keeping, new RawRecord(TOPIC, null, new byte[200_001], List.of()));
            give(keeping, ordinary(2));
            assertThat(outcomes()).containsOnly(Kept.KEPT);
            await().until(() -> keeping.status().depth() == 0);
        }
        assertThat(read()).extracting(each -> each.value()[0]).contains((byte) 0, (byte) 1, (byte) 2);
        assertThat(count(Metric.SPOOL_UNDELIVERABLE)).isEqualTo(2);
        assertThat(Files.readAllLines(directory.resolve("spool").resolve("undeliverable.ndjson")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"topic\":\"" + TOPIC + "\""));
    }

    /** One sender must not take the room of all others. */
    @Test
    @Tag("full")
    void shouldRefuseWhatKafkaRefusesOnceThereIsMuchOfIt() throws Exception {
        startBrokerWithTopic();
        try (SpooledSink keeping = SpooledSink.open(settings(1 << 20, PATIENCE), registry, usable::get)) {
            await().until(keeping::isKafkaAnswering);
            give(keeping, sized(200_000)); // more than a quarter, in Base64
            give(keeping, sized(200_000));
            give(keeping, ordinary(1));

            assertThat(outcomes()).containsExactly(Kept.KEPT, Kept.NO_ROOM, Kept.KEPT);
            assertThat(keeping.status().room()).isTrue();
        }
        assertThat(count(Metric.SPOOL_UNDELIVERABLE)).isEqualTo(1);
        assertThat(count(Metric.SPOOL_REFUSED)).isEqualTo(1);
        assertThat(read()).hasSize(1);
    }

    /** So short that it has room in the batch of one that is too large. */
    private static RawRecord ordinary(int first) {
        return new RawRecord(TOPIC, null, new byte[] {(byte) first}, List.of());
    }

    @Test
    @Tag("full")
    void shouldKnowToTheByteWhatTheTopicTakes() throws Exception {
        startBrokerWithTopic();
        int overhead = (int) (TopicLimits.batchSizeOf(sized(90_000)) - 90_000);
        RawRecord largest = sized(MAX_MESSAGE_BYTES - overhead);
        try (SpooledSink keeping = openPatiently()) {
            await().until(keeping::isKafkaAnswering);
            give(keeping, largest);
            assertThat(outcomes()).containsOnly(Kept.KEPT);
            give(keeping, sized(MAX_MESSAGE_BYTES - overhead + 1));
            give(keeping, ordinary(1));
            assertThat(outcomes()).containsOnly(Kept.KEPT);
            assertThat(keeping.isKafkaAnswering()).isTrue();
        }
        assertThat(read()).extracting(each -> each.value().length).containsExactlyInAnyOrder(largest.value().length, 1);
        assertThat(count(Metric.SPOOL_UNDELIVERABLE)).isEqualTo(1);
        assertThat(count(Metric.SPOOL_SPOOLED)).isZero();
    }

    private static RawRecord sized(int bytes) {
        byte[] key = "s-é".getBytes(UTF_8);
        return new RawRecord(TOPIC, key, new byte[bytes], List.of(new RecordHeader("account", key)));
    }

    @Test
    void shouldHandOverWhatAnEarlierRunLeft() throws Exception {
        try (SpooledSink keeping = open(ROOMY)) {
            give(keeping, 0, 100);
            assertThat(outcomes()).containsOnly(Kept.KEPT);
        }
        startBrokerWithTopic();
        try (SpooledSink keeping = new SimpleOpening().open()) {
            await().until(() -> keeping.status().depth() == 0);
        }
        assertEverythingKeptIsThereInOrder();
    }

    @Test
    @Tag("full")
    void shouldRefuseAfterItWasClosed() throws Exception {
        SpooledSink keeping = open(ROOMY);
        keeping.close();

        give(keeping, 0, 1);

        assertThat(outcomes()).containsExactly(Kept.NO_ROOM);
        assertThat(keeping.status().room()).isFalse();
    }

    /** A second one in the same process has its own metrics. */
    private final class SimpleOpening {
        SpooledSink open() {
            return SpooledSink.open(
                    settings(ROOMY, SpoolSettings.DEFAULT_KAFKA_TIMEOUT), new SimpleMeterRegistry(), usable::get);
        }
    }

    private SpooledSink open(long maxBytes) {
        return SpooledSink.open(settings(maxBytes, SpoolSettings.DEFAULT_KAFKA_TIMEOUT), registry, usable::get);
    }

    /** For what must not go to the disk, however slow the broker is. */
    private SpooledSink openPatiently() {
        return SpooledSink.open(settings(ROOMY, PATIENCE), registry, usable::get);
    }

    private SpoolSettings settings(long maxBytes, Duration kafkaTimeout) {
        return SpoolSettings.of(
                directory.resolve("spool"),
                maxBytes,
                kafkaTimeout,
                List.of(TOPIC),
                Map.of("bootstrap.servers", "127.0.0.1:" + port.number()),
                PartitionChoice.BY_KEY);
    }

    private void startBroker() {
        kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory.resolve("kafka")).withPort(port.number()));
    }

    private void startBrokerWithTopic() throws ExecutionException, InterruptedException {
        startBroker();
        Brokers.createTopic(kafka, TOPIC, 3, Map.of("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES)));
    }

    private void give(SpooledSink keeping, int from, int count) {
        for (int i = from; i < from + count; i++) {
            give(
                    keeping,
                    new RawRecord(TOPIC, ("s-" + i % KEYS).getBytes(UTF_8), ("n-" + i).getBytes(UTF_8), List.of()));
        }
    }

    private int giveSlowly(SpooledSink keeping, int from, int count) throws InterruptedException {
        for (int i = from; i < from + count; i++) {
            give(keeping, i, 1);
            Thread.sleep(1);
        }
        return from + count;
    }

    private void give(SpooledSink keeping, RawRecord raw) {
        given.add(raw);
        answers.add(keeping.keep(raw));
    }

    private List<Kept> outcomes() {
        return answers.stream()
                .map(each ->
                        each.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .toList();
    }

    private double count(Metric metric) {
        return registry.get(metric.meterName()).counter().count();
    }

    private List<ConsumerRecord<byte[], byte[]>> read() {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        new TopicReader("127.0.0.1:" + port.number()).readMerged(TOPIC, read::add);
        return read;
    }

    /** Of each key, its first occurrences; nothing that was refused; nothing else. */
    private void assertEverythingKeptIsThereInOrder() {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        List<Kept> outcomes = outcomes();
        for (int i = 0; i < given.size(); i++) {
            if (outcomes.get(i) == Kept.KEPT) {
                expected.computeIfAbsent(new String(given.get(i).key(), UTF_8), key -> new LinkedHashSet<>())
                        .add(new String(given.get(i).value(), UTF_8));
            }
        }
        Map<String, Set<String>> actual = new LinkedHashMap<>();
        read().forEach(each -> actual.computeIfAbsent(new String(each.key(), UTF_8), key -> new LinkedHashSet<>())
                .add(new String(each.value(), UTF_8)));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, values) ->
                assertThat(new ArrayList<>(actual.get(key))).as(key).isEqualTo(new ArrayList<>(values)));
    }
}

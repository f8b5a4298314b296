package io.callweave.bridge.audit;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.bridge.OneAccount;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.bridge.transport.Bridge;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.telephony.LogDifference;
import io.callweave.record.ExcludedCalls;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Assembled;
import io.callweave.topics.TopicReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge compares the calls of an hour with the log, writes a row, and says how much agrees. */
class AuditCareIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();
    private static final Instant CALLS_AT = Instant.parse("2026-03-02T09:00:00Z");

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    private final MemorySink sink = new MemorySink();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldWriteARowForTheHourAndTellHowMuchAgrees() throws Exception {
        topics("a.");
        try (PlatformServer platform = platform(Set.of());
                Bridge bridge = bridge()) {
            PhoneCall same = over(platform, "a.", "+15550100002");
            platform.faults().plantInLog(LogDifference.RESULT, 1);
            PhoneCall other = over(platform, "a.", "+15550100003");
            over(platform, "a.", "+15550100004");
            Thread.sleep(200); // until the log is settled

            start(bridge, platform, "a.");

            await().until(() -> !sink.of("a.audits").isEmpty());
            RawRecord record = sink.of("a.audits").get(0);
            JsonNode row = WireJson.read(new String(record.value(), UTF_8));
            assertThat(new String(record.key(), UTF_8)).isEqualTo(ACCOUNT + "/2026-03-02T09:00:00.000Z");
            assertThat(row.path("compared").asInt()).isEqualTo(3);
            assertThat(row.path("equal").asInt()).isEqualTo(2);
            assertThat(row.path("notEnded").asInt()).isZero();
            assertThat(row.path("differences")).hasSize(1);
            assertThat(row.at("/differences/0/callId").asText())
                    .isEqualTo(other.telephonySessionIds().get(0))
                    .isNotEqualTo(same.telephonySessionIds().get(0));
            assertThat(row.at("/differences/0/fields/0/field").asText()).isEqualTo("result");
            await().untilAsserted(() -> assertThat(agreement()).isBetween(0.66, 0.67));
        }
    }

    @Test
    void shouldCompareNothingTwiceAndNameTheMissingPermission() throws Exception {
        topics("b.");
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            String row = "{\"accountId\":\"" + ACCOUNT + "\",\"hour\":\"2026-03-02T08:00:00.000Z\",\"notEnded\":0,"
                    + "\"unsettled\":0}";
            producer.send(new ProducerRecord<>("b.audits", ACCOUNT + "/2026-03-02T08:00:00.000Z", row.getBytes(UTF_8)))
                    .get();
        }
        try (PlatformServer platform = platform(Set.of(PlatformCredentials.READ_CALL_LOG));
                Bridge bridge = bridge()) {
            start(bridge, platform, "b.");

            await().untilAsserted(() -> assertThat(bridge.accountsHealth())
                    .contains("Calls are not compared with the log. The permission ReadCallLog is missing"));
            assertThat(sink.of("b.audits")).isEmpty();
        }
    }

    @Test
    void shouldCompareAnHourAgainWhoseRecordsMayStillComeIntoTheLog() throws Exception {
        topics("c.");
        String key = ACCOUNT + "/2026-03-02T08:00:00.000Z";
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            String row = "{\"accountId\":\"" + ACCOUNT
                    + "\",\"hour\":\"2026-03-02T08:00:00.000Z\",\"compared\":1,\"onlyHere\":1}";
            producer.send(new ProducerRecord<>("c.audits", key, row.getBytes(UTF_8)))
                    .get();
        }
        try (PlatformServer platform = platform(Set.of());
                Bridge bridge = bridge()) {
            start(bridge, platform, "c.");

            await().untilAsserted(() -> assertThat(sink.of("c.audits"))
                    .extracting(record -> new String(record.key(), UTF_8))
                    .contains(key));
        }
    }

    private double agreement() {
        return meters.get("callweave.bridge.audit.agreement")
                .tag("account", ACCOUNT)
                .gauge()
                .value();
    }

    private static void topics(String prefix) throws Exception {
        Brokers.createTopic(kafka, prefix + "calls", 2, Map.of());
        Brokers.createTopic(kafka, prefix + "audits", 1, Map.of());
    }

    /** A call that is on the topic and, soon, in the log. */
    private static PhoneCall over(PlatformServer platform, String prefix, String caller) throws Exception {
        PhoneCall call = call().inbound(caller)
                .answeredBy("104")
                .after(Duration.ofSeconds(40))
                .hangUp();
        call.truths().forEach(platform::ended);
        List<String> notifications = call.notifications().stream()
                .map(each -> new String(each.bytes(), UTF_8))
                .toList();
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            for (String line : Assembled.lines(notifications)) {
                String key = ACCOUNT + "/" + call.telephonySessionIds().get(0);
                producer.send(new ProducerRecord<>(prefix + "calls", key, line.getBytes(UTF_8)))
                        .get();
            }
        }
        return call;
    }

    /** Half an hour after the calls. */
    private static PlatformServer platform(Set<String> without) {
        PlatformOptions options = PlatformOptions.of(List.of(ACCOUNT)).withSpeed(1_000);
        return PlatformServer.start(
                options.with(options.accounts().stream()
                        .map(each -> each.without(without))
                        .toList()),
                clock(Duration.ofMinutes(30)));
    }

    private static Clock clock(Duration afterCalls) {
        return Clock.offset(Clock.system(ZoneOffset.UTC), Duration.between(Instant.now(), CALLS_AT.plus(afterCalls)));
    }

    private void start(Bridge bridge, PlatformServer platform, String prefix) {
        bridge.start(services -> AuditCare.start(
                services,
                new MemoryHolder(),
                new Server(URI.create(platform.address()), Patience.NONE),
                new AuditTimes(Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofDays(90)),
                new Auditor(ExcludedCalls.NONE, new PersonalDataMasker(null), Duration.ofMinutes(15), Set.of()),
                new TopicReader(kafka.bootstrapServers()),
                sink,
                prefix));
    }

    private Bridge bridge() {
        return Bridge.open(
                OneAccount.bridge(
                        OneAccount.accounts(
                                null, ACCOUNT, TelephonyFilter.OF_ACCOUNT, Connection.Way.WEBSOCKET, false, Set.of()),
                        folder,
                        Duration.ofSeconds(1)),
                sink,
                meters,
                clock(Duration.ofMinutes(80)));
    }
}

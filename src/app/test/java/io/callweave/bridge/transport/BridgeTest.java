package io.callweave.bridge.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.TimestampSource;
import io.callweave.bridge.account.AccountDefaults;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.activity.SilenceLimits;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.spool.SpoolSettings;
import io.callweave.bridge.spool.SpooledSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transport of one class has all that the webhooks have: account check, privacy, spool, records, metrics and health. */
class BridgeTest {

    private static final String NOTIFICATION = """
            {"uuid":"u-1","event":"/restapi/v1.0/account/%s/telephony/sessions","timestamp":"2026-01-01T00:00:00Z",\
            "body":{"sequence":1,"telephonySessionId":"s-1","eventTime":"2026-01-01T00:00:00Z","parties":[{"id":"p-1",\
            "from":{"phoneNumber":"+16505550100","name":"Ada"},"status":{"code":"Setup"}}]}}""";

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemorySink memory = new MemorySink();

    @BeforeEach
    void accounts() throws IOException {
        Files.writeString(folder.resolve("accounts.properties"), "account.1=\naccount.2.privacy=mask\n");
    }

    @Test
    void shouldMaskAndSayHowItCame() {
        try (Bridge bridge = open(memory)) {
            PushTransport push = bridge.start(PushTransport::new);

            assertThat(push.push(push.account("1"), NOTIFICATION.formatted("1")))
                    .isCompletedWithValue(IntakeOutcome.PUBLISHED);
            assertThat(push.push(push.account("2"), NOTIFICATION.formatted("2")))
                    .isCompletedWithValue(IntakeOutcome.PUBLISHED);
            assertThat(bridge.accountsHealth())
                    .contains("lastNotificationAt")
                    .doesNotContain("\"lastNotificationAt\":null");
        }
        RawRecord plain = memory.all().get(0);
        assertThat(plain.topic()).isEqualTo("test.notifications");
        assertThat(plain.key()).asString(UTF_8).isEqualTo("s-1");
        assertThat(plain.value()).asString(UTF_8).isEqualTo(NOTIFICATION.formatted("1"));
        assertThat(header(plain, "transport")).isEqualTo("push");
        assertThat(header(plain, "source")).isEqualTo("push:1");
        assertThat(memory.all().get(1).value())
                .asString(UTF_8)
                .contains("\"+1650555XXXX\"")
                .doesNotContain("Ada");
    }

    @Test
    void shouldRefuseAnotherAccountAndCountWhatHasNoKey() {
        try (Bridge bridge = open(memory)) {
            PushTransport push = bridge.start(PushTransport::new);

            assertThat(push.push(push.account("1"), NOTIFICATION.formatted("2")))
                    .isCompletedWithValue(IntakeOutcome.FOREIGN_ACCOUNT);
            assertThat(push.push(push.account("1"), "{")).isCompletedWithValue(IntakeOutcome.DEAD_LETTERED);
        }
        assertThat(memory.all()).extracting(RawRecord::topic).containsExactly("test.dead-letters");
        assertThat(header(memory.all().get(0), "account")).isEqualTo("1");
        assertThat(registry.get("callweave.bridge.dead.lettered").counters()).anyMatch(counter -> counter.count() == 1);
    }

    @Test
    void shouldKeepItInTheSpoolWhileThereIsNoKafka() {
        try (SpooledSink spool = spool();
                Bridge bridge = open(spool)) {
            PushTransport push = bridge.start(PushTransport::new);

            assertThat(push.push(push.account("1"), NOTIFICATION.formatted("1")).join())
                    .isEqualTo(IntakeOutcome.PUBLISHED);
            assertThat(spool.status().depth()).isEqualTo(1);
        }
    }

    @Test
    void shouldBeAsWellAsItsTransports() {
        Bridge bridge = open(memory);
        PushTransport first = bridge.start(PushTransport::new);
        PushTransport second = bridge.start(PushTransport::new);
        assertThat(bridge.isReady()).isTrue();

        second.running = false;
        assertThat(bridge.isReady()).isFalse();
        assertThat(bridge.isLive()).isFalse();
        assertThat(bridge.state()).isEqualTo("STOPPED");

        bridge.close();
        assertThat(first.closed).isTrue();
        assertThat(second.closed).isTrue();
        assertThat(bridge.state()).isEqualTo("STOPPING");
    }

    private Bridge open(DurableSink sink) {
        AccountsSource accounts = new AccountsSource(
                folder.resolve("accounts.properties"), "", "", new AccountDefaults(Privacy.NONE, 100, false));
        return Bridge.open(
                new BridgeConfig(
                        new IntakeRules("test.", 10_000, null, TimestampSource.OF_KAFKA),
                        accounts,
                        new SilenceLimits(Duration.ofMinutes(1), 10),
                        200,
                        folder.resolve("expectations.properties"),
                        Duration.ofSeconds(1)),
                sink,
                registry);
    }

    private SpooledSink spool() {
        return SpooledSink.open(
                SpoolSettings.of(
                        folder.resolve("spool"),
                        1 << 20,
                        SpoolSettings.DEFAULT_KAFKA_TIMEOUT,
                        List.of("test.notifications", "test.dead-letters"),
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        PartitionChoice.BY_KEY),
                registry);
    }

    private static String header(RawRecord record, String name) {
        return record.headers().stream()
                .filter(header -> header.key().equals(name))
                .map(header -> new String(header.value(), UTF_8))
                .findFirst()
                .orElseThrow();
    }
}

package io.callweave.bridge.websocket;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bridge.OneAccount;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.transport.Bridge;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notifications of a simulated platform over its WebSocket gateway, whatever happens to the connection. */
class WebSocketTransportIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();
    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Patience SHORT = new Patience(Duration.ofMillis(20), Duration.ofMillis(100), -1);
    private static final FeedTimes TIMES =
            new FeedTimes(Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMillis(200), SHORT);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemorySink sink = new MemorySink();
    private final MemoryHolder holder = new MemoryHolder();
    private PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of());
    private @Nullable Bridge bridge;

    @BeforeEach
    void account() throws IOException {
        Files.writeString(folder.resolve("accounts.properties"), "account." + ACCOUNT + "=\n");
    }

    @AfterEach
    void stop() {
        if (bridge != null) {
            bridge.close();
        }
        platform.close();
    }

    @Test
    void shouldTakeTheNotificationsOfACall() {
        connect();

        CALL.notifications().forEach(platform::publish);

        await().until(() -> received().size() == CALL.notifications().size());
        RawRecord first = sink.of("notifications").get(0);
        assertThat(first.headers())
                .anyMatch(header ->
                        header.key().equals("transport") && new String(header.value(), UTF_8).equals("websocket"));
        assertThat(published(ACCOUNT)).isEqualTo(CALL.notifications().size());
        assertThat(sink.of("feed-gaps")).isEmpty();
        assertThat(bridge.accountsHealth()).contains("\"state\":\"connected\"").contains("\"problem\":null");
    }

    @Test
    void shouldMissNothingWithinRecovery() {
        connect();
        platform.faults().refuse("/restapi/oauth/wstoken", 503, 3, 0);

        platform.faults().disconnect();
        CALL.notifications().forEach(platform::publish);

        await().until(() -> received().size() == CALL.notifications().size());
        assertThat(sink.of("feed-gaps")).isEmpty();
    }

    @Test
    void shouldReportAGapBeyondRecovery() {
        connect();

        platform.faults().disconnectForGood();

        await().until(() -> sink.of("feed-gaps").size() == 1);
        RawRecord gap = sink.of("feed-gaps").get(0);
        assertThat(new String(gap.key(), UTF_8)).matches(ACCOUNT + "/20\\d\\d-.*Z");
        assertThat(new String(gap.value(), UTF_8))
                .contains("\"accountId\":\"" + ACCOUNT + "\"", "\"transport\":\"websocket\"", "\"recoveryFailed\"");
        assertThat(registry.get("callweave.bridge.feed.gaps")
                        .tag("reason", "recoveryFailed")
                        .counter()
                        .count())
                .isEqualTo(1);
        await().until(() -> platform.subscriptions() == 1);
        CALL.notifications().forEach(platform::publish);
        await().until(() -> received().size() == CALL.notifications().size());
    }

    @Test
    @Tag("full")
    void shouldReportAGapIfMoreWasMissedThanRingCentralKeeps() {
        connect();
        List<Notification> missed = IntStream.range(0, 30)
                .mapToObj(seed -> call().seeded(seed)
                        .inbound("+15550100002")
                        .answeredBy("104")
                        .hangUp())
                .flatMap(one -> one.notifications().stream())
                .toList();

        platform.faults().refuse("/restapi/oauth/wstoken", 503, 20, 0);
        platform.faults().disconnect();
        missed.forEach(platform::publish);

        await().until(() -> sink.of("feed-gaps").size() == 1);
        assertThat(new String(sink.of("feed-gaps").get(0).value(), UTF_8)).contains("bufferFull");
    }

    @Test
    @Tag("full")
    void shouldMissNoneOfAThousandAccounts() throws IOException {
        List<String> ids = Stream.concat(
                        IntStream.range(100_000_000, 100_000_999).mapToObj(Integer::toString), Stream.of(ACCOUNT))
                .toList();
        String lines =
                "account.%1$s.client-id=client-%1$s\naccount.%1$s.client-secret=secret-%1$s\naccount.%1$s.jwt=jwt-%1$s";
        Files.write(
                folder.resolve("accounts.properties"),
                ids.stream().map(lines::formatted).toList());
        platform.close();
        platform = PlatformServer.start(PlatformOptions.of(ids).withoutRateLimits(), Clock.systemUTC());
        open();
        await().atMost(PATIENCE).until(() -> accounts("elsewhere") == 0 && accounts("with.problem") == 0);
        await().atMost(PATIENCE).until(() -> platform.subscriptions() == ids.size());

        CALL.notifications().forEach(platform::publish);
        await().until(() -> received().size() == CALL.notifications().size());
        platform.faults().refuse("/restapi/oauth/wstoken", 503, Integer.MAX_VALUE, 0);
        platform.faults().disconnect();
        await().atMost(PATIENCE).until(() -> accounts("with.problem") == ids.size());

        assertThat(published("other")).isEqualTo(CALL.notifications().size());
        assertThat(registry.get("callweave.bridge.silent").gauges()).hasSize(201);
        assertThat(registry.get("callweave.bridge.connection.problem")
                        .tag("account", "other")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(new ObjectMapper().readTree(bridge.accountsHealth()).path("withProblem"))
                .hasSize(ids.size());
    }

    private double accounts(String which) {
        return registry.get("callweave.bridge.accounts." + which)
                .tag("transport", "websocket")
                .gauge()
                .value();
    }

    private double published(String account) {
        return registry.get("callweave.bridge.notifications")
                .tags("account", account, "transport", "websocket", "outcome", "published")
                .counter()
                .count();
    }

    @Test
    @Tag("full")
    void shouldGoOnWithTheSameSessionWhenAnAccountChanges() throws IOException {
        connect();

        Files.writeString(folder.resolve("accounts.properties"), "account." + ACCOUNT + ".privacy=mask\n");
        await().until(() -> platform.faults().connections() == 0);
        CALL.notifications().forEach(platform::publish);

        await().until(() -> received().size() == CALL.notifications().size());
        assertThat(sink.of("feed-gaps")).isEmpty();
        assertThat(new String(sink.of("notifications").get(0).value(), UTF_8)).contains("XXXX");
    }

    @Test
    @Tag("full")
    void shouldGoOnWithTheSameSessionWhenItsFiltersChange() throws IOException {
        connect();

        Files.writeString(
                folder.resolve("accounts.properties"),
                "account." + ACCOUNT + ".filters=/restapi/v1.0/account/~/telephony/sessions?direction=Inbound\n");
        await().until(() -> platform.faults().connections() == 0);
        await().until(() -> bridge.accountsHealth().contains("\"state\":\"connected\""));
        CALL.notifications().forEach(platform::publish);

        Set<Long> inbound = CALL.notifications().stream()
                .filter(each -> each.party().path("direction").asText().equals("Inbound"))
                .map(Notification::sequence)
                .collect(Collectors.toSet());
        await().until(() -> received().size() >= inbound.size());
        assertThat(received())
                .isEqualTo(inbound)
                .hasSizeLessThan(CALL.notifications().size());
        assertThat(sink.of("feed-gaps")).isEmpty();
        assertThat(platform.subscriptions()).isEqualTo(1);
    }

    @Test
    @Tag("full")
    void shouldReportAGapAfterARestart() {
        connect();
        bridge.close();

        connect();

        await().until(() -> sink.of("feed-gaps").size() == 1);
        assertThat(new String(sink.of("feed-gaps").get(0).value(), UTF_8)).contains("recoveryFailed");
    }

    @Test
    @Tag("full")
    void shouldKeepTryingWhatFindsNoRoom() {
        connect();
        sink.room(false);

        CALL.notifications().forEach(platform::publish);
        await().until(() -> sink.refused() > 0);
        sink.room(true);

        await().until(() -> received().size() == CALL.notifications().size());
    }

    @Test
    @Tag("full")
    void shouldSayWhichPermissionIsMissing() {
        platform.close();
        platform = OneAccount.platform(ACCOUNT, Set.of(PlatformCredentials.CALL_CONTROL));

        open();

        await().untilAsserted(() -> assertThat(bridge.accountsHealth())
                .contains("\"state\":\"refused\"")
                .contains("The permission CallControl is missing"));
        assertThat(bridge.accountsHealth()).doesNotContain("secret-", "jwt-");
    }

    private void connect() {
        open();
        await().until(() -> bridge.accountsHealth().contains("\"state\":\"connected\""));
    }

    private void open() {
        AccountsSource accounts = OneAccount.accounts(
                folder.resolve("accounts.properties"),
                ACCOUNT,
                TelephonyFilter.OF_ACCOUNT,
                Connection.Way.WEBSOCKET,
                true,
                Set.of());
        bridge = Bridge.open(OneAccount.bridge(accounts, folder, Duration.ofMillis(100)), sink, registry);
        Server server = new Server(URI.create(platform.address()), new Patience(SHORT.first(), SHORT.longest(), 1));
        bridge.start(services -> WebSocketTransport.start(services, holder, server, TIMES));
    }

    /** The sequences of the call that have come. */
    private Set<Long> received() {
        return sink.sequences("/1/body/sequence");
    }
}

package io.callweave.bridge.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callweave.bridge.OneAccount;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.transport.Bridge;
import io.callweave.notification.OtherEvent;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.simulation.platform.SimulatedAccount;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions at a simulated platform live on without anybody's help. */
@Tag("full")
class SubscriptionCareIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();

    @TempDir
    private Path folder;

    private final PlatformServer platform =
            PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)).withoutRateLimits(), Clock.systemUTC());
    private final Server server =
            new Server(URI.create(platform.address()), new Patience(Duration.ofMillis(1), Duration.ofMillis(9), 1));
    private final Subscriptions subscriptions = new Client(
                    server,
                    new Credentials("client-" + ACCOUNT, "secret-" + ACCOUNT, "jwt-" + ACCOUNT),
                    InstantSource.system())
            .subscriptions();
    private final MemorySink sink = new MemorySink();
    private HttpServer webhooks;
    private TelephonyFilter filter = TelephonyFilter.OF_ACCOUNT;
    private Bridge bridge;

    @BeforeEach
    void start() throws IOException {
        webhooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhooks.createContext("/", SubscriptionCareIT::answer);
        webhooks.start();
        bridge = open();
    }

    private Bridge open() {
        return Bridge.open(
                OneAccount.bridge(accounts(), folder, Duration.ofSeconds(1)), sink, new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        bridge.close();
        webhooks.stop(0);
        platform.close();
    }

    @Test
    void shouldCreateRenewAndReplaceASubscription() {
        URI address = publicUrl().resolve(Account.defaultPath(ACCOUNT));
        Subscription brief = subscriptions.createWebhook(
                List.of(TelephonyFilter.OF_ACCOUNT), FurtherEvents.NONE, address, null, Duration.ofSeconds(20));
        platform.faults().expireSubscriptions();

        bridge.start(services ->
                SubscriptionCare.start(services, new MemoryHolder(), server, publicUrl(), Duration.ofMillis(100)));

        await().until(() -> subscriptions.list().size() == 1);
        Subscription made = subscriptions.list().get(0);
        assertThat(made.id()).isNotEqualTo(brief.id());
        assertThat(made.expires()).isAfter(Instant.now().plus(Duration.ofDays(3_000)));
        await().untilAsserted(
                        () -> assertThat(bridge.accountsHealth()).contains("\"state\":\"active\"", "\"problem\":null"));

        platform.faults().blacklist();
        await().until(() ->
                subscriptions.list().stream().filter(Subscription::isActive).count() == 1);
        assertThat(subscriptions.list())
                .as("the blacklisted one is not ours to delete")
                .extracting(Subscription::id)
                .contains(made.id())
                .hasSize(2);
    }

    @Test
    void shouldReportWhatMayHaveBeenMissed() {
        bridge.start(services ->
                SubscriptionCare.start(services, new MemoryHolder(), server, publicUrl(), Duration.ofMillis(100)));
        await().untilAsserted(
                        () -> assertThat(bridge.accountsHealth()).contains("\"state\":\"active\"", "\"problem\":null"));
        assertThat(gaps()).as("the first subscription").isEmpty();

        platform.faults().expireSubscriptions();
        await().until(() -> gaps().size() == 1);
        platform.faults().blacklist();
        await().until(() -> gaps().size() == 2);

        assertThat(gaps()).first().asString().contains("\"webhook\"", "\"subscriptionGone\"");
        assertThat(gaps()).last().asString().contains("\"webhook\"", "\"blacklisted\"");
    }

    @Test
    void shouldReportNoGapWhenFiltersOrThePublicUrlChange() throws IOException {
        MemoryHolder holder = new MemoryHolder();
        bridge.start(services -> SubscriptionCare.start(services, holder, server, publicUrl(), Duration.ofMillis(100)));
        awaitActive();
        bridge.close();

        filter = TelephonyFilter.parse(TelephonyFilter.OF_ACCOUNT + "?sipData=true");
        bridge = open();
        bridge.start(services -> SubscriptionCare.start(services, holder, server, publicUrl(), Duration.ofMillis(100)));
        awaitActive();
        bridge.close();
        bridge = open();
        bridge.start(services -> SubscriptionCare.start(
                services, holder, server, publicUrl().resolve("/behind-a-proxy"), Duration.ofMillis(100)));
        awaitActive();

        assertThat(subscriptions.list()).hasSize(3);
        assertThat(gaps()).isEmpty();

        platform.faults().expireSubscriptions();
        await().until(() -> gaps().size() == 1);
    }

    /** The health of a bridge that changed something names the subscription of before as a problem. */
    private void awaitActive() {
        awaitState("active");
    }

    private void awaitState(String state) {
        await().until(() -> bridge.accountsHealth().contains("\"state\":\"" + state + "\""));
    }

    @Test
    void shouldNotWaitForTheNextRoundWhenAnAccountComes() {
        MemoryHolder holder = new MemoryHolder();
        holder.holds(false);
        bridge.start(services -> SubscriptionCare.start(services, holder, server, publicUrl(), SubscriptionCare.EVERY));
        assertThat(subscriptions.list()).isEmpty();

        holder.holds(true);

        await().until(() -> subscriptions.list().size() == 1);
    }

    /** Anybody who knows the path of an account can send any number of them. */
    @Test
    void shouldNotAskRingCentralForEachReminder() throws IOException {
        MemoryHolder holder = new MemoryHolder();
        List<String> requests = new CopyOnWriteArrayList<>();
        webhooks.createContext("/restapi", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                byte[] answer = "{\"access_token\":\"x\",\"records\":[],\"id\":\"1\"}".getBytes(UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        Server asked = new Server(publicUrl(), Patience.NONE);
        bridge.start(services -> {
            SubscriptionCare care =
                    SubscriptionCare.start(services, holder, asked, publicUrl(), SubscriptionCare.EVERY);
            await().until(() -> requests.contains("POST /restapi/v1.0/subscription"));
            for (int i = 0; i < 1_000; i++) {
                services.activity().skipped(OtherEvent.SUBSCRIPTION, ACCOUNT);
                services.activity().skipped(OtherEvent.SUBSCRIPTION, "another");
            }
            return care;
        });
        awaitState("failing");

        holder.holds(false);
        await().until(() -> !bridge.accountsHealth().contains("\"state\":\"failing\""));
        holder.holds(true);
        awaitState("failing"); // a new account is looked at: what reminders caused came before

        assertThat(requests)
                .filteredOn("POST /restapi/v1.0/subscription"::equals)
                .hasSize(2);
        assertThat(requests).filteredOn("POST /restapi/oauth/token"::equals).hasSize(1);
    }

    @Test
    void shouldRenewWhatExpiresSoon() {
        URI address = publicUrl().resolve(Account.defaultPath(ACCOUNT));
        Subscription made = subscriptions.createWebhook(
                List.of(TelephonyFilter.OF_ACCOUNT), FurtherEvents.NONE, address, null, Duration.ofSeconds(30));

        bridge.start(services ->
                SubscriptionCare.start(services, new MemoryHolder(), server, publicUrl(), Duration.ofMillis(100)));

        await().until(() -> {
            Subscription now = subscriptions.get(made.id());
            return now.expires() != null
                    && made.expires() != null
                    && now.expires().isAfter(made.expires());
        });
        assertThat(subscriptions.list()).hasSize(1);
    }

    private URI publicUrl() {
        return URI.create("http://127.0.0.1:" + webhooks.getAddress().getPort());
    }

    private AccountsSource accounts() {
        return OneAccount.accounts(null, ACCOUNT, filter, Connection.Way.WEBHOOK, true, Set.of());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = exchange.getRequestHeaders().getFirst("Validation-Token");
            if (token != null) {
                exchange.getResponseHeaders().add("Validation-Token", token);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private List<String> gaps() {
        return sink.of("feed-gaps").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}

package io.callweave.bridge.pubnub;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.OneAccount;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.holder.FeedPosition;
import io.callweave.bridge.transport.Bridge;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.ringcentral.pubnub.Batch;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notifications of a simulated platform over PubNub, whatever happens on the way. */
class PubNubTransportIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();
    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();
    private static final Patience SHORT = new Patience(Duration.ofMillis(20), Duration.ofMillis(100), -1);
    private static final PubNubTimes TIMES = new PubNubTimes(
            Duration.ofSeconds(2),
            Duration.ofMinutes(4),
            Duration.ofMillis(200),
            Duration.ofDays(7),
            Duration.ofMillis(200),
            SHORT);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemorySink sink = new MemorySink();
    private final MemoryHolder holder = new MemoryHolder();
    private PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of());
    private @Nullable Bridge bridge;

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

        awaitTheCall();
        RawRecord first = sink.of("notifications").get(0);
        assertThat(first.headers())
                .anyMatch(header ->
                        header.key().equals("transport") && new String(header.value(), UTF_8).equals("pubnub"));
        assertThat(new String(first.value(), UTF_8)).startsWith("{").contains("\"telephonySessionId\"");
        assertThat(sink.of("feed-gaps")).isEmpty();
        assertThat(sink.of("dead-letters")).isEmpty();
        assertThat(registry.get("callweave.bridge.notifications")
                        .tags("account", ACCOUNT, "transport", "pubnub", "outcome", "published")
                        .counter()
                        .count())
                .isEqualTo(CALL.notifications().size());
    }

    @Test
    @Tag("full")
    void shouldCatchUpWhatWasSentWhilePubNubWasAway() {
        connect();
        platform.faults().pubNubAway(true);
        await().until(() -> bridge.accountsHealth().contains("PubNub cannot be reached"));

        CALL.notifications().forEach(platform::publish);
        platform.faults().pubNubAway(false);

        awaitTheCall();
        await().until(() -> bridge.accountsHealth().contains("\"state\":\"connected\""));
        assertThat(sink.of("feed-gaps")).isEmpty();
    }

    @Test
    void shouldCatchUpAfterARestart() {
        connect();
        bridge.close();

        CALL.notifications().forEach(platform::publish);
        connect();

        awaitTheCall();
        assertThat(sink.of("feed-gaps")).isEmpty();
        assertThat(platform.subscriptions()).isEqualTo(1);
    }

    @Test
    @Tag("full")
    void shouldReportOneGapOfAMinuteInWhichMoreIsMissedThanPubNubKeeps() {
        connect();
        missMore(0);
        await().until(() -> sink.of("notifications").size() == Batch.MOST);

        missMore(30);
        await().until(() -> sink.of("notifications").size() == 2 * Batch.MOST);

        assertThat(sink.of("feed-gaps")).hasSize(1);
        assertThat(gap()).contains("\"transport\":\"pubnub\"", "bufferFull");
    }

    private void missMore(int firstSeed) {
        platform.faults().pubNubAway(true);
        List<Notification> missed = IntStream.range(firstSeed, firstSeed + 30)
                .mapToObj(seed -> call().seeded(seed)
                        .inbound("+15550100002")
                        .answeredBy("104")
                        .hangUp())
                .flatMap(one -> one.notifications().stream())
                .toList();
        missed.forEach(platform::publish);
        platform.faults().pubNubAway(false);
    }

    @Test
    @Tag("full")
    void shouldReportAGapIfItWasAwayForLongerThanPubNubKeepsMessages() {
        connect();
        bridge.close();
        FeedPosition left = holder.position(ACCOUNT);
        assertThat(left).isNotNull();
        holder.keep(
                ACCOUNT,
                new FeedPosition(
                        left.wholeUntil() - Duration.ofMinutes(5).toMillis(), left.recoveryToken(), left.settled()));

        connect();

        await().until(() -> sink.of("feed-gaps").size() == 1);
        assertThat(gap()).contains("recoveryFailed");
    }

    @Test
    @Tag("full")
    void shouldSubscribeAgainAndReportAGapWhenTheSubscriptionIsGone() {
        connect();

        platform.faults().expireSubscriptions();

        await().until(() -> sink.of("feed-gaps").size() == 1);
        assertThat(gap()).contains("subscriptionGone");
        await().until(() ->
                platform.subscriptions() == 1 && bridge.accountsHealth().contains("\"state\":\"connected\""));
        CALL.notifications().forEach(platform::publish);
        awaitTheCall();
    }

    @Test
    @Tag("full")
    void shouldChangeTheFiltersOfItsSubscriptionWithoutAGap() {
        connect();
        bridge.close();

        connect(TelephonyFilter.parse("/restapi/v1.0/account/~/telephony/sessions?sipData=true"));
        CALL.notifications().forEach(platform::publish);

        awaitTheCall();
        assertThat(client().subscriptions().list()).singleElement().asString().contains("sipData=true");
        assertThat(sink.of("feed-gaps")).isEmpty();
    }

    @Test
    @Tag("full")
    void shouldKeepTryingWhatFindsNoRoom() {
        connect();
        sink.room(false);

        CALL.notifications().forEach(platform::publish);
        await().until(() -> sink.refused() > 0);
        sink.room(true);

        awaitTheCall();
    }

    @Test
    @Tag("full")
    void shouldSayWhichPermissionIsMissing() {
        platform.close();
        platform = OneAccount.platform(ACCOUNT, Set.of(PlatformCredentials.PUBNUB));

        open(TelephonyFilter.OF_ACCOUNT);

        await().untilAsserted(() -> assertThat(bridge.accountsHealth()).contains("\"state\":\"refused\"", "SUB-528"));
        assertThat(bridge.accountsHealth()).doesNotContain("secret-", "jwt-");
    }

    private void connect() {
        connect(TelephonyFilter.OF_ACCOUNT);
    }

    private void connect(TelephonyFilter filter) {
        open(filter);
        await().until(() -> bridge.accountsHealth().contains("\"state\":\"connected\""));
    }

    private void open(TelephonyFilter filter) {
        AccountsSource accounts = OneAccount.accounts(null, ACCOUNT, filter, Connection.Way.PUBNUB, true, Set.of());
        bridge = Bridge.open(OneAccount.bridge(accounts, folder, Duration.ofMillis(100)), sink, registry);
        URI address = URI.create(platform.address());
        bridge.start(services -> PubNubTransport.start(services, holder, server(), address, TIMES));
    }

    private Server server() {
        return new Server(URI.create(platform.address()), new Patience(SHORT.first(), SHORT.longest(), 1));
    }

    private Client client() {
        return new Client(
                server(),
                new Credentials("client-" + ACCOUNT, "secret-" + ACCOUNT, "jwt-" + ACCOUNT),
                InstantSource.system());
    }

    private void awaitTheCall() {
        await().until(() -> received().size() == CALL.notifications().size());
    }

    private String gap() {
        return new String(sink.of("feed-gaps").get(0).value(), UTF_8);
    }

    /** The sequences of the call that have come. */
    private Set<Long> received() {
        return sink.sequences("/body/sequence");
    }
}

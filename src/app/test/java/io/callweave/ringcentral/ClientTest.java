package io.callweave.ringcentral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.callweave.call.fact.FactKind;
import io.callweave.ringcentral.RingCentralException.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signs in, sends requests, and sends them again where that can help. */
class ClientTest {

    private static final String SUBSCRIPTIONS = "GET /restapi/v1.0/subscription";
    private static final String TOKEN = "POST /restapi/oauth/token";

    private FakeRingCentral ringCentral;

    @BeforeEach
    void start() throws IOException {
        ringCentral = new FakeRingCentral();
    }

    @AfterEach
    void stop() {
        ringCentral.close();
    }

    @Test
    void shouldSignInOnceWithTheJwtForSeveralRequests() {
        ringCentral.on(SUBSCRIPTIONS, 200, "{\"records\":[]}");
        Client client = ringCentral.client();

        client.subscriptions().list();
        client.subscriptions().list();

        assertThat(ringCentral.asked()).map(Object::toString).containsExactly(TOKEN, SUBSCRIPTIONS, SUBSCRIPTIONS);
        assertThat(ringCentral.asked().get(0).body())
                .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=the.jwt.signed");
        assertThat(ringCentral.asked().get(0).authorization()).isEqualTo("Basic YXBwOmh1c2g=");
        assertThat(ringCentral.asked().get(1).authorization()).isEqualTo("Bearer first");
    }

    @Test
    void shouldSignInOnceForAllDutiesOfAServer() {
        ringCentral.on(SUBSCRIPTIONS, 200, "{\"records\":[]}");
        Server server = ringCentral.server();

        server.client(FakeRingCentral.CREDENTIALS, () -> Instant.EPOCH)
                .subscriptions()
                .list();
        server.with(Patience.NONE)
                .client(FakeRingCentral.CREDENTIALS, () -> Instant.EPOCH)
                .subscriptions()
                .list();

        assertThat(ringCentral.asked()).map(Object::toString).containsExactly(TOKEN, SUBSCRIPTIONS, SUBSCRIPTIONS);
    }

    @Test
    void shouldRenewTheTokenBeforeItExpiresWithTheRefreshToken() {
        ringCentral
                .forget(TOKEN)
                .on(TOKEN, 200, token("first"))
                .on(TOKEN, 200, token("second"))
                .on(SUBSCRIPTIONS, 200, "{}");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Client client = new Client(ringCentral.server(), FakeRingCentral.CREDENTIALS, now::get);

        client.subscriptions().list();
        now.set(Instant.EPOCH.plusSeconds(3_300));
        client.subscriptions().list();

        assertThat(ringCentral.asked().get(2).body()).isEqualTo("grant_type=refresh_token&refresh_token=again-first");
        assertThat(ringCentral.asked().get(3).authorization()).isEqualTo("Bearer second");
    }

    @Test
    void shouldSignInAgainWithTheJwtIfTheRefreshTokenIsRefused() {
        ringCentral
                .forget(TOKEN)
                .on(TOKEN, 200, token("first"))
                .on(TOKEN, 400, "{\"error\":\"invalid_grant\"}")
                .on(TOKEN, 200, token("third"))
                .on(SUBSCRIPTIONS, 200, "{}");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Client client = new Client(ringCentral.server(), FakeRingCentral.CREDENTIALS, now::get);

        client.subscriptions().list();
        now.set(Instant.EPOCH.plusSeconds(3_300));
        client.subscriptions().list();

        assertThat(ringCentral.asked().get(4).authorization()).isEqualTo("Bearer third");
    }

    @Test
    void shouldSignInAgainIfATokenIsRevoked() {
        ringCentral
                .forget(TOKEN)
                .on(TOKEN, 200, "{\"access_token\":\"first\",\"expires_in\":3600}")
                .on(TOKEN, 200, "{\"access_token\":\"second\",\"expires_in\":3600}")
                .on(SUBSCRIPTIONS, 401, "{\"errorCode\":\"OAU-213\"}")
                .on(SUBSCRIPTIONS, 200, "{}");

        assertThat(ringCentral.client().subscriptions().list()).isEmpty();
        assertThat(ringCentral.asked().get(3).authorization()).isEqualTo("Bearer second");
    }

    @Test
    void shouldSendAgainWhatRingCentralCouldNotDo() {
        ringCentral
                .on(SUBSCRIPTIONS, 429, "{}", "Retry-After", "0")
                .on(SUBSCRIPTIONS, 503, "")
                .on(SUBSCRIPTIONS, 200, "{\"records\":[{\"id\":\"s1\",\"status\":\"Active\"}]}");

        assertThat(ringCentral.client().subscriptions().list())
                .extracting(Subscription::id)
                .containsExactly("s1");
    }

    /** A tenant can keep its app in a penalty: what looks after other accounts too must not wait for it. */
    @Test
    void shouldFailAtOnceInAPenaltyThatIsTooLong() {
        ringCentral.on(SUBSCRIPTIONS, 429, "{}", "Retry-After", "600");
        Client client = ringCentral.server().with(Patience.OF_CARES).client(FakeRingCentral.CREDENTIALS, Instant::now);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> client.subscriptions().list())
                    .isInstanceOf(RingCentralException.class)
                    .hasMessageMatching("RingCentral gets too many requests of this app and wants none for \\d+ s.");
        }
        assertThat(ringCentral.requests()).containsExactly(TOKEN, SUBSCRIPTIONS);
    }

    @Test
    void shouldNotSendAgainWhatRingCentralRefuses() {
        ringCentral.on(
                "POST /restapi/v1.0/subscription",
                403,
                "{\"errors\":[{\"errorCode\":\"CMN-401\",\"message\":\"In order to call this API endpoint, application"
                        + " needs to have [SubscriptionWebhook] permission\"}]}");

        assertThatThrownBy(() -> create())
                .hasMessage(
                        "The permission SubscriptionWebhook is missing (CMN-401): add it to the app in the developer"
                                + " console, and to the role of the user.");
        assertThat(ringCentral.asked()).hasSize(2);
    }

    @Test
    void shouldSayWhatIsWrongWithTheAddress() {
        ringCentral.on(
                "POST /restapi/v1.0/subscription", 400, "{\"errorCode\":\"SUB-521\",\"message\":\"not reachable\"}");

        RingCentralException refusal = catchThrowableOfType(RingCentralException.class, this::create);

        assertThat(refusal.trouble()).isEqualTo(Trouble.ADDRESS);
        assertThat(refusal).hasMessageStartingWith("RingCentral cannot reach the address of the webhook");
    }

    @Test
    void shouldSayWhatIsWrongWithTheSignInWithoutShowingSecrets() {
        ringCentral
                .forget(TOKEN)
                .on(
                        TOKEN,
                        400,
                        "{\"error\":\"invalid_grant\",\"error_description\":\"the.jwt.signed is expired\","
                                + "\"errors\":[{\"errorCode\":\"OAU-213\",\"message\":\"hush\"}]}");

        assertThatThrownBy(ringCentral.client()::signIn)
                .isInstanceOf(RingCentralException.class)
                .hasMessageContaining("refuses the JWT (OAU-213)")
                .hasMessageNotContainingAny("hush", "the.jwt.signed");
        assertThat(FakeRingCentral.CREDENTIALS.toString()).doesNotContain("hush", "jwt");
    }

    @Test
    void shouldSayWhereNobodyAnswers() {
        URI nowhere = ringCentral.address();
        ringCentral.close();

        assertThatThrownBy(() -> new Client(
                                new Server(nowhere, new Patience(Duration.ofMillis(1), Duration.ofMillis(2), 1)),
                                FakeRingCentral.CREDENTIALS,
                                Instant::now)
                        .signIn())
                .hasMessage("RingCentral cannot be reached at " + nowhere
                        + ": the connection is refused, or the name is unknown.");
    }

    @Test
    void shouldUseTheProxyOfTheMachine() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(
                new InetSocketAddress("127.0.0.1", ringCentral.address().getPort())));
        try {
            new Client(
                            new Server(URI.create("http://ringcentral.invalid"), Patience.NONE),
                            FakeRingCentral.CREDENTIALS,
                            Instant::now)
                    .signIn();
        } finally {
            ProxySelector.setDefault(before);
        }

        assertThat(ringCentral.requests()).containsExactly("POST /restapi/oauth/token");
    }

    /** Such as after a proxy that forgot the connection; all requests of an account wait for the sign-in. */
    @Test
    void shouldNotWaitForAnAnswerThatDoesNotEnd() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> taken = CompletableFuture.supplyAsync(() -> answerWithoutEnd(listening));
            Server server = new Server(
                    URI.create("http://127.0.0.1:" + listening.getLocalPort()), Patience.NONE, Duration.ofSeconds(2));

            assertThatThrownBy(new Client(server, FakeRingCentral.CREDENTIALS, Instant::now)::signIn)
                    .hasMessageContaining("did not end in time");
            taken.join().close();
        }
    }

    private static Socket answerWithoutEnd(ServerSocket listening) {
        try {
            Socket socket = listening.accept();
            int unused = socket.getInputStream().read(); // an answer without a request is none
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(UTF_8));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayThatSomethingElseAnswers() {
        ringCentral.forget(TOKEN).on(TOKEN, 200, "<html>Welcome</html>");

        assertThatThrownBy(ringCentral.client()::signIn).hasMessageContaining("did not answer as RingCentral does");
    }

    @Test
    void shouldTakeNoTokenThatIsNone() {
        ringCentral.forget(TOKEN).on(TOKEN, 200, "{\"access_token\":\"a\\r\\nX: 1\",\"expires_in\":3600}");

        assertThatThrownBy(ringCentral.client()::accountId).hasMessageContaining("did not answer as RingCentral does");
    }

    @Test
    void shouldTakeATokenWhoseLifeIsBeyondAllTimes() {
        ringCentral
                .forget(TOKEN)
                .on(TOKEN, 200, "{\"access_token\":\"a\",\"expires_in\":9223372036854775807}")
                .on("GET /restapi/v1.0/account/~", 200, "{\"id\":\"1\"}");

        assertThat(ringCentral.client().accountId()).isEqualTo("1");
    }

    @Test
    void shouldAskForTheLongestLifeThatItIsToldTo() {
        ringCentral.on("POST /restapi/v1.0/subscription", 200, "{\"id\":\"s1\",\"status\":\"Active\"}");

        assertThat(create().isActive()).isTrue();
        assertThat(ringCentral.asked().get(1).body())
                .isEqualTo("{\"eventFilters\":[\"/restapi/v1.0/account/~/telephony/sessions\"],\"expiresIn\":315360000,"
                        + "\"deliveryMode\":{\"transportType\":\"WebHook\",\"address\":\"https://h.example/w\","
                        + "\"verificationToken\":\"t\"}}");
    }

    @Test
    void shouldSubscribeWithoutNamesIfRingCentralRefusesThem() {
        ringCentral.grant("ReadAccounts CallControl");
        ringCentral
                .on("POST /restapi/v1.0/subscription", 403, "{\"errors\":[{\"message\":\"needs [ReadAccounts]\"}]}")
                .on("POST /restapi/v1.0/subscription", 200, "{\"id\":\"s1\",\"status\":\"Active\"}");
        Client client = ringCentral.client();
        client.signIn();

        Subscription made = client.subscriptions()
                .createWebhook(
                        List.of(TelephonyFilter.OF_ACCOUNT),
                        FurtherEvents.of(true, Set.of()),
                        URI.create("https://h.example/w"),
                        null,
                        Subscriptions.LONGEST);

        assertThat(made.isActive()).isTrue();
        assertThat(ringCentral.asked().get(1).body()).contains("/directory/entries");
        assertThat(ringCentral.asked().get(2).body()).doesNotContain("/directory/entries");
    }

    @Test
    void shouldLeaveOutOnlyWhatRingCentralRefuses() {
        ringCentral.grant("ReadAccounts ReadMessages RingSense CallControl");
        ringCentral
                .on("POST /restapi/v1.0/subscription", 403, "{\"errors\":[{\"message\":\"needs [ReadMessages]\"}]}")
                .on("POST /restapi/v1.0/subscription", 200, "{\"id\":\"s1\",\"status\":\"Active\"}");
        Client client = ringCentral.client();
        client.signIn();

        client.subscriptions()
                .createWebhook(
                        List.of(TelephonyFilter.OF_ACCOUNT),
                        FurtherEvents.of(true, Set.of(FactKind.values())).ofMailboxes(Set.of("101")),
                        URI.create("https://h.example/w"),
                        null,
                        Subscriptions.LONGEST);

        assertThat(ringCentral.asked().get(1).body()).contains("/extension/101/voicemail", "/insights");
        assertThat(ringCentral.asked().get(2).body())
                .contains("/directory/entries", "/insights")
                .doesNotContain("voicemail");
    }

    @Test
    void shouldComposeTheAddressOfTheGateway() {
        ringCentral.on(
                "POST /restapi/oauth/wstoken",
                200,
                "{\"uri\":\"wss://gateway.example/ws\",\"ws_access_token\":\"abc\",\"expires_in\":30}");

        assertThat(ringCentral.client().gateway()).hasToString("wss://gateway.example/ws?access_token=abc");
    }

    private Subscription create() {
        return ringCentral
                .client()
                .subscriptions()
                .createWebhook(
                        List.of(TelephonyFilter.OF_ACCOUNT),
                        FurtherEvents.NONE,
                        URI.create("https://h.example/w"),
                        "t",
                        Subscriptions.LONGEST);
    }

    private static String token(String name) {
        return "{\"access_token\":\"" + name + "\",\"expires_in\":3600,\"refresh_token\":\"again-" + name
                + "\",\"refresh_token_expires_in\":604800}";
    }
}

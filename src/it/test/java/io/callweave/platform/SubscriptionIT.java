package io.callweave.platform;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of webhook subscriptions. */
@Tag("full")
class SubscriptionIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();
    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();

    private final MovableClock clock = new MovableClock();
    private PlatformServer platform;
    private PlatformClient client;
    private WebhookReceiver webhook;

    @BeforeEach
    void start() throws IOException {
        platform = PlatformServer.start(
                PlatformOptions.of(List.of(ACCOUNT)).withoutRateLimits().withSubscriptionLimit(3), clock);
        client = new PlatformClient(platform, ACCOUNT);
        client.signIn();
        webhook = new WebhookReceiver();
    }

    @AfterEach
    void stop() {
        webhook.close();
        platform.close();
    }

    @Test
    void shouldShowASubscriptionWithIdsInItsFilters() {
        PlatformClient.Answer made = client.subscribe(webhook.address());

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text("/eventFilters/0")).isEqualTo("/restapi/v1.0/account/" + ACCOUNT + "/telephony/sessions");
        assertThat(made.json().path("expiresIn").asInt()).isEqualTo(604_800);
        assertThat(made.text("/expirationTime")).isEqualTo("2026-03-09T09:00:00.000Z");
        assertThat(client.get(PlatformClient.SUBSCRIPTION + "/" + made.text("/id"))
                        .json())
                .isEqualTo(made.json());
    }

    @Test
    void shouldRefuseWhatRingCentralRefuses() {
        ObjectNode longToken = PlatformClient.subscription(webhook.address(), PlatformClient.SESSIONS);
        longToken.withObject("deliveryMode").put("verificationToken", "x".repeat(33));
        String reminder = "/restapi/v1.0/subscription/~?threshold=60&interval=15";
        String foreign = "/restapi/v1.0/account/123/telephony/sessions";

        assertThat(errorOf(longToken)).isEqualTo("CMN-101");
        assertThat(errorOf(PlatformClient.subscription(webhook.address(), reminder)))
                .isEqualTo("SUB-515");
        assertThat(errorOf(PlatformClient.subscription(webhook.address(), foreign)))
                .isEqualTo("SUB-406");
        assertThat(errorOf(PlatformClient.subscription(webhook.address(), "/calls")))
                .isEqualTo("SUB-508");
        assertThat(errorOf(PlatformClient.subscription("ftp://example.com", PlatformClient.SESSIONS)))
                .isEqualTo("CMN-101");
        assertThat(client.subscribe(webhook.answering(500).address()).text("/errorCode"))
                .isEqualTo("SUB-522");
        assertThat(client.subscribe(webhook.answering(200).silentAboutTokens().address())
                        .text("/errorCode"))
                .isEqualTo("SUB-521");
    }

    @Test
    void shouldLimitTheNumberOfSubscriptions() {
        for (int i = 0; i < 3; i++) {
            assertThat(client.subscribe(webhook.address()).status()).isEqualTo(200);
        }

        assertThat(client.subscribe(webhook.address()).text("/errorCode")).isEqualTo("SUB-505");
    }

    @Test
    void shouldExpireUnlessRenewed() {
        String renewed = client.subscribe(webhook.address()).text("/id");
        String left = client.subscribe(webhook.address()).text("/id");

        clock.advance(Duration.ofDays(6));
        client.signIn();
        PlatformClient.Answer answer = client.post(PlatformClient.SUBSCRIPTION + "/" + renewed + "/renew");
        clock.advance(Duration.ofDays(2));
        client.signIn();

        assertThat(answer.json().path("expiresIn").asInt()).isEqualTo(604_800);
        assertThat(client.get(PlatformClient.SUBSCRIPTION + "/" + renewed).status())
                .isEqualTo(200);
        assertThat(client.get(PlatformClient.SUBSCRIPTION + "/" + left).text("/errorCode"))
                .isEqualTo("CMN-102");
    }

    @Test
    void shouldRemindBeforeTheEnd() {
        String reminder = "/restapi/v1.0/subscription/~?threshold=60&interval=15";
        ObjectNode body = PlatformClient.subscription(webhook.address(), PlatformClient.SESSIONS, reminder);
        String id = client.post(PlatformClient.SUBSCRIPTION, body.put("expiresIn", 600))
                .text("/id");

        clock.advance(Duration.ofSeconds(541));

        await().until(() -> webhook.received().size() == 1);
        JsonNode received = webhook.received().get(0);
        assertThat(received.path("event").asText()).isEqualTo(reminder);
        assertThat(received.path("subscriptionId").asText()).isEqualTo(id);
        assertThat(received.at("/body/expiresIn").asInt()).isEqualTo(59);
    }

    @Test
    void shouldBlacklistAWebhookThatFailsForTenMinutes() {
        String id = client.subscribe(webhook.address()).text("/id");
        webhook.answering(500);

        CALL.notifications().forEach(platform::publish);
        await().until(() -> webhook.received().size() == CALL.notifications().size());
        assertThat(status(id)).isEqualTo("Active");

        await().until(() -> {
            clock.advance(Duration.ofMinutes(10));
            client.signIn();
            platform.publish(CALL.notifications().get(0));
            return status(id).equals("Blacklisted");
        });
        PlatformClient.Answer answer = client.get(PlatformClient.SUBSCRIPTION + "/" + id);
        assertThat(answer.text("/blacklistedData/reason")).contains("HTTP status is 500");
    }

    @Test
    void shouldSendOnlyWhatTheFiltersAskFor() {
        client.post(
                PlatformClient.SUBSCRIPTION,
                PlatformClient.subscription(
                        webhook.address(), PlatformClient.SESSIONS + "?statusCode=Answered&direction=Inbound"));

        CALL.notifications().forEach(platform::publish);
        platform.publish(CALL.notifications().stream()
                .filter(one -> one.party().at("/status/code").asText().equals("Answered"))
                .reduce((one, other) -> other)
                .orElseThrow());

        await().until(() -> webhook.received().size() == 2);
        assertThat(webhook.received())
                .allSatisfy(
                        one -> assertThat(one.at("/body/parties/0/status/code").asText())
                                .isEqualTo("Answered"));
    }

    @Test
    void shouldLoseRepeatAndReorderOnDemand() {
        client.subscribe(webhook.address());
        int all = CALL.notifications().size();

        platform.faults().dropNext(1);
        platform.faults().duplicateNext(2);
        platform.faults().reverseNext(4);
        CALL.notifications().forEach(platform::publish);

        await().until(() -> webhook.received().size() == all + 1);
        assertThat(webhook.received())
                .extracting(one -> one.at("/body/sequence").asLong())
                .doesNotContain(CALL.notifications().get(0).sequence())
                .hasSize(all + 1);
    }

    @Test
    void shouldDescribeAPubNubChannel() {
        ObjectNode body = PlatformClient.subscription("", PlatformClient.SESSIONS);
        body.putObject("deliveryMode").put("transportType", "PubNub").put("encryption", true);

        PlatformClient.Answer made = client.post(PlatformClient.SUBSCRIPTION, body);

        assertThat(made.text("/deliveryMode/subscriberKey")).isNotEmpty();
        assertThat(made.text("/deliveryMode/encryptionAlgorithm")).isEqualTo("AES");
    }

    private String status(String id) {
        return client.get(PlatformClient.SUBSCRIPTION + "/" + id).text("/status");
    }

    private String errorOf(JsonNode body) {
        return client.post(PlatformClient.SUBSCRIPTION, body).text("/errorCode");
    }
}

package io.callweave.platform;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.ringcentral.RestClient;
import com.ringcentral.RestException;
import com.ringcentral.definitions.CreateSubscriptionRequest;
import com.ringcentral.definitions.NotificationDeliveryModeRequest;
import com.ringcentral.definitions.SubscriptionInfo;
import com.ringcentral.definitions.SubscriptionListResource;
import com.ringcentral.definitions.UpdateSubscriptionRequest;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RingCentral's own Java SDK takes the simulated platform for RingCentral. */
@Tag("full")
class RingCentralSdkIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();
    private static final String FILTER = "/restapi/v1.0/account/~/telephony/sessions";

    private PlatformServer platform;
    private WebhookReceiver webhook;
    private RestClient client;

    @BeforeEach
    void start() throws IOException {
        platform = PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)), Clock.systemUTC());
        webhook = new WebhookReceiver();
        client = new RestClient("client-" + ACCOUNT, "secret-" + ACCOUNT, platform.address());
    }

    @AfterEach
    void stop() {
        webhook.close();
        platform.close();
    }

    @Test
    void shouldSignInSubscribeAndReceiveACall() throws Exception {
        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();

        client.authorize("jwt-" + ACCOUNT);
        SubscriptionInfo subscription = subscribe();
        call.notifications().forEach(platform::publish);

        assertThat(subscription.status).isEqualTo("Active");
        assertThat(subscription.deliveryMode.transportType).isEqualTo("WebHook");
        await().until(() -> webhook.received().size() == call.notifications().size());
        assertThat(webhook.received())
                .allSatisfy(
                        one -> assertThat(one.path("subscriptionId").asText()).isEqualTo(subscription.id))
                .extracting(one -> one.at("/body/sequence").asLong())
                .containsExactlyInAnyOrderElementsOf(call.notifications().stream()
                        .map(Notification::sequence)
                        .toList());
        assertThat(webhook.tokens()).containsOnly("a-token-of-mine");
    }

    @Test
    void shouldRefreshItsTokenAndSignOut() throws Exception {
        client.authorize("jwt-" + ACCOUNT);
        String first = client.token.access_token;

        client.refresh();

        assertThat(client.token.access_token).isNotEqualTo(first);
        assertThat(client.token.owner_id).isEqualTo(ACCOUNT);
        client.revoke();
        assertThat(client.token).isNull();
    }

    @Test
    void shouldListUpdateRenewAndDeleteASubscription() throws Exception {
        client.authorize("jwt-" + ACCOUNT);
        SubscriptionInfo made = subscribe();

        SubscriptionListResource all = client.restapi().subscription().list();
        SubscriptionInfo updated = client.restapi()
                .subscription(made.id)
                .put(new UpdateSubscriptionRequest()
                        .eventFilters(new String[] {FILTER + "?statusCode=Answered"})
                        .expiresIn(1200L));
        SubscriptionInfo renewed =
                client.restapi().subscription(made.id).renew().post();
        client.restapi().subscription(made.id).delete();

        assertThat(all.records).extracting(one -> one.id).containsExactly(made.id);
        assertThat(updated.eventFilters)
                .containsExactly("/restapi/v1.0/account/" + ACCOUNT + "/telephony/sessions?statusCode=Answered");
        assertThat(renewed.expiresIn).isBetween(1L, 1200L);
        assertThat(client.restapi().subscription().list().records).isEmpty();
    }

    @Test
    void shouldFailWithRingCentralsErrors() {
        assertThatExceptionOfType(RestException.class)
                .isThrownBy(() -> client.authorize("another"))
                .withMessageContaining("invalid_grant");
        assertThatExceptionOfType(RestException.class)
                .isThrownBy(() -> {
                    client.authorize("jwt-" + ACCOUNT);
                    webhook.silentAboutTokens();
                    subscribe();
                })
                .withMessageContaining("SUB-521");
    }

    private SubscriptionInfo subscribe() throws IOException, RestException {
        return client.restapi()
                .subscription()
                .post(new CreateSubscriptionRequest()
                        .eventFilters(new String[] {FILTER})
                        .expiresIn(3600L)
                        .deliveryMode(new NotificationDeliveryModeRequest()
                                .transportType("WebHook")
                                .address(webhook.address())
                                .verificationToken("a-token-of-mine")));
    }
}

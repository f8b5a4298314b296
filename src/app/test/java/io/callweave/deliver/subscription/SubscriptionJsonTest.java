package io.callweave.deliver.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.call.fact.FactKind;
import io.callweave.deliver.EventType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionJsonTest {

    private final WebhookSubscription subscription = new WebhookSubscription(
            "sub-1",
            URI.create("https://crm.example.com/hook?key=hunter2"),
            "809646016",
            Set.of(EventType.CALL_COMPLETED, EventType.PARTY_STATUS),
            new CallFilter(Set.of("Inbound"), Set.of("Missed"), Set.of("5"), Set.of("6"), Set.of("+1650"), 30_000),
            BodyShape.CALL_LOG,
            List.of("callId", "result"),
            new WaitFor(Set.of(FactKind.RECORDING), 60_000),
            List.of(new SigningSecret("aes:1:abc", null), new SigningSecret("aes:0:def", 90_000L)),
            SubscriptionState.SUSPENDED,
            "HTTP 500",
            1_000,
            2_000);

    @Test
    void shouldReadWhatItWrote() {
        assertThat(SubscriptionJson.read(SubscriptionJson.write(subscription))).isEqualTo(subscription);
    }

    @Test
    void shouldShowNoSecretAndNothingOfTheAddressButTheHost() {
        assertThat(SubscriptionJson.shown(subscription).toString())
                .contains("https://crm.example.com/")
                .doesNotContain("hunter2", "hook", "aes:", "abc");
        assertThat(subscription.toString()).doesNotContain("hunter2", "aes:");
    }

    @Test
    void shouldRefuseWhatIsNoSubscription() {
        assertThatThrownBy(() -> SubscriptionJson.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SubscriptionJson.read("no JSON".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAddressesThatAreNone() {
        for (String url : List.of(
                "ftp://example.com",
                "https:///path",
                "https://user:hunter2@example.com/",
                "https://example.com/#part")) {
            assertThatThrownBy(() -> Subscriptions.to("sub-1", url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The address of an endpoint must")
                    .hasMessageNotContaining("hunter2");
        }
    }
}

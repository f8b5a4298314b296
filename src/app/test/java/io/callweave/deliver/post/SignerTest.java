package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.callweave.deliver.subscription.SecretException;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final String BODY = "{\"type\":\"call.completed\",\"data\":{\"name\":\"Zoë\"}}";

    private final String old = SecretSource.generate();
    private final String current = SecretSource.generate();
    private final Signer signer = new Signer(new SecretSource(
            SecretKeys.none(), Map.of("WEBHOOK_SECRET_OLD", old, "WEBHOOK_SECRET_NEW", current), Optional.empty()));

    @Test
    void shouldSignSoThatTheOfficialLibraryVerifies() {
        long now = System.currentTimeMillis();

        String signature = signer.sign(with(secret("NEW", null)), "call_1", now, Tickets.body(BODY));

        assertThatCode(() -> new Webhook(current).verify(BODY, headers("call_1", now, signature)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(current).verify(BODY + " ", headers("call_1", now, signature)));
        assertThatThrownBy(() -> new Webhook(current).verify(BODY, headers("call_2", now, signature)));
    }

    @Test
    void shouldSignWithBothSecretsWhileOneReplacesTheOther() {
        long now = System.currentTimeMillis();

        String signature =
                signer.sign(with(secret("NEW", null), secret("OLD", now + 1)), "call_1", now, Tickets.body(BODY));

        assertThat(signature.split(" ")).hasSize(2);
        for (String secret : List.of(old, current)) {
            assertThatCode(() -> new Webhook(secret).verify(BODY, headers("call_1", now, signature)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldNotSignWithASecretThatHasEnded() {
        assertThat(signer.sign(with(secret("NEW", null), secret("OLD", 1_000L)), "call_1", 1_000, Tickets.body(BODY))
                        .split(" "))
                .hasSize(1);
        assertThatThrownBy(() -> signer.sign(with(secret("OLD", 1_000L)), "call_1", 1_000, Tickets.body(BODY)))
                .isInstanceOf(SecretException.class);
    }

    @Test
    void shouldSignWithTheNewSecretAloneIfTheOldOneIsLost() {
        long now = System.currentTimeMillis();

        String signature =
                signer.sign(with(secret("NEW", null), secret("LOST", now + 1)), "call_1", now, Tickets.body(BODY));

        assertThat(signature.split(" ")).hasSize(1);
        assertThatThrownBy(() -> signer.sign(
                        with(secret("LOST", null), secret("OLD", now + 1)), "call_1", now, Tickets.body(BODY)))
                .isInstanceOf(SecretException.class);
    }

    private static SigningSecret secret(String name, Long until) {
        return new SigningSecret("env:WEBHOOK_SECRET_" + name, until);
    }

    private static WebhookSubscription with(SigningSecret... secrets) {
        return Subscriptions.to("sub-1", "https://example.com/").with(List.of(secrets));
    }

    private static HttpHeaders headers(String id, long now, String signature) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(id),
                        "webhook-timestamp", List.of(Long.toString(now / 1_000)),
                        "webhook-signature", List.of(signature)),
                (name, value) -> true);
    }
}

package io.callweave.bridge.webhook;

import io.callweave.checks.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WebhookTransport} runs with.
 *
 * @param port 0 takes a free one
 * @param tls null for plain HTTP, behind something that ends TLS
 * @param rereadEvery how often the certificate is looked at for changes
 */
public record WebhookConfig(String host, int port, @Nullable TlsFiles tls, WebhookLimits limits, Duration rereadEvery) {

    public WebhookConfig {
        Check.port("bridge.port", port);
        Check.positive("The interval of rereading files", rereadEvery);
    }
}

package io.callweave.platform.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.subscription.DeliveryMode;
import io.callweave.platform.subscription.Handshake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Posts to webhooks, with RingCentral's requirements of their answers (creating-webhooks.md). */
public final class WebhookSender implements Handshake {

    private static final int OK = 200;
    private static final int LONGEST_ANSWER = 1024;
    private static final String TOKEN = "Validation-Token";

    private final Duration patience;
    private final HttpClient http;

    /** @param patience how long a webhook may take to answer */
    public WebhookSender(Duration patience) {
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public void perform(DeliveryMode.Webhook webhook) {
        String token = UUID.randomUUID().toString();
        HttpResponse<byte[]> response;
        try {
            response = http.send(
                    request(webhook)
                            .header(TOKEN, token)
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IOException | IllegalArgumentException e) {
            throw notReachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReachable();
        }
        if (response.statusCode() != OK) {
            throw new PlatformError(400, "SUB-522", wrongStatus(response.statusCode()));
        }
        if (!response.headers().firstValue(TOKEN).equals(Optional.of(token))) {
            // The same error as for no answer, says RingCentral's list of frequent questions.
            throw notReachable();
        }
        if (length(response) > LONGEST_ANSWER) {
            throw new PlatformError(400, "SUB-525", "WebHook server response is invalid");
        }
    }

    /**
     * Posts a notification.
     *
     * @return completes with null if the webhook took it, else with the reason why not, as a blacklisted subscription
     *     shows it
     */
    CompletableFuture<@Nullable String> post(DeliveryMode.Webhook webhook, ObjectNode envelope) {
        HttpRequest request;
        try {
            request = request(webhook)
                    .POST(BodyPublishers.ofString(envelope.toString()))
                    .build();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
        return http.sendAsync(request, BodyHandlers.discarding())
                .handle((response, thrown) -> response == null
                        ? failed(thrown)
                        : response.statusCode() == OK ? null : wrongStatus(response.statusCode()));
    }

    private HttpRequest.Builder request(DeliveryMode.Webhook webhook) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(webhook.address()))
                .timeout(patience)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json; charset=UTF-8")
                .header("User-Agent", "RingCentral-Webhook/8.3");
        if (webhook.verificationToken() != null) {
            request.header("Verification-Token", webhook.verificationToken());
        }
        return request;
    }

    private static String failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String details = cause instanceof HttpTimeoutException ? "Read timed out" : String.valueOf(cause.getMessage());
        return "I/O operation is failed. Details: [" + details + "]";
    }

    private static String wrongStatus(int status) {
        return "WebHook responds with incorrect HTTP status. HTTP status is " + status;
    }

    private static PlatformError notReachable() {
        return new PlatformError(400, "SUB-521", "WebHook is not reachable");
    }

    /** Headers and body. */
    private static int length(HttpResponse<byte[]> response) {
        int headers = response.headers().map().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value + "\r\n"))
                .mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return headers + response.body().length;
    }
}

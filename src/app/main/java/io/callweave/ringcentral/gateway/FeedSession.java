package io.callweave.ringcentral.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.TelephonyFilter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which notifications come: of a recovered session, or with a new subscription.
 *
 * @param recovered whether RingCentral delivers what was missed
 * @param recoveryToken for the next time; empty if there is none
 * @param bufferSize how many missed notifications RingCentral keeps at most
 * @param subscription null if it is an old one that is not known
 */
public record FeedSession(
        GatewaySocket connection,
        boolean recovered,
        String recoveryToken,
        int bufferSize,
        @Nullable Subscription subscription) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final String PATH = "/restapi/v1.0/subscription";
    private static final int DEFAULT_BUFFER = 100;
    private static final int REDIRECTS = 300;

    /** Takes what comes before an answer; waits until there is room for it. */
    @FunctionalInterface
    public interface Notifications {
        void take(Frame notification) throws InterruptedException;
    }

    /**
     * Connects, and subscribes unless the session is recovered. A recovered session gets these filters too.
     *
     * @param recoveryToken of the session before; empty for none
     * @param before the subscription of the session before; null if it is not known
     * @param further what is to come beside calls, as far as the app may have it
     * @param notifications takes what comes in the meantime
     * @throws RingCentralException if that fails
     */
    public static FeedSession open(
            Client client,
            String recoveryToken,
            @Nullable Subscription before,
            List<TelephonyFilter> filters,
            FurtherEvents further,
            Notifications notifications)
            throws InterruptedException {
        URI gateway = client.gateway();
        GatewaySocket connection = GatewaySocket.open(withRecovery(gateway, recoveryToken));
        try {
            Frame details = await(connection, "ConnectionDetails", null, notifications);
            JsonNode body = details.body();
            boolean recovered = body.path("recoveryState").asText("").equalsIgnoreCase("Successful");
            return new FeedSession(
                    connection,
                    recovered,
                    details.recoveryToken(),
                    body.path("recoveryBufferSize").asInt(DEFAULT_BUFFER),
                    recovered
                            ? keep(connection, client, before, filters, further, notifications)
                            : client.<Subscription, InterruptedException>withFurther(
                                    further,
                                    with -> subscribe(
                                            connection,
                                            "POST",
                                            PATH,
                                            Subscriptions.filters(filters, with),
                                            notifications)));
        } catch (RuntimeException | InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    private static URI withRecovery(URI gateway, String token) {
        return token.isEmpty()
                ? gateway
                : URI.create(gateway + "&wsc=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private static @Nullable Subscription keep(
            GatewaySocket connection,
            Client client,
            @Nullable Subscription before,
            List<TelephonyFilter> filters,
            FurtherEvents further,
            Notifications notifications)
            throws InterruptedException {
        return before == null
                        || (before.hasOnly(filters) && !client.subscriptions().lacks(before, further))
                ? before
                : client.<Subscription, InterruptedException>withFurther(
                        further,
                        with -> subscribe(
                                connection,
                                "PUT",
                                PATH + "/" + before.id(),
                                Subscriptions.filters(filters, with),
                                notifications));
    }

    private static Subscription subscribe(
            GatewaySocket connection, String method, String path, ObjectNode body, Notifications notifications)
            throws InterruptedException {
        String messageId = UUID.randomUUID().toString();
        JsonNode header = JSON.createObjectNode()
                .put("type", "ClientRequest")
                .put("messageId", messageId)
                .put("method", method)
                .put("path", path);
        body.putObject("deliveryMode").put("transportType", "WebSocket");
        connection.send(JSON.createArrayNode().add(header).add(body).toString());
        Frame reply = await(connection, "ClientRequest", messageId, notifications);
        int status = reply.status();
        if (status >= REDIRECTS) {
            throw RingCentralException.of(status, reply.body());
        }
        return Subscription.of(reply.body());
    }

    private static Frame await(
            GatewaySocket connection, String type, @Nullable String messageId, Notifications notifications)
            throws InterruptedException {
        long end = System.nanoTime() + ANSWER_TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            Frame frame = connection.poll(Duration.ofMillis(100));
            if (frame == null) {
                continue;
            }
            if (frame.isNotification()) {
                notifications.take(frame);
            } else if (frame.type().equals("Error")
                    && (messageId == null || frame.messageId().equals(messageId))) {
                throw RingCentralException.of(frame.status(), frame.body());
            } else if (frame.type().equals(type)
                    && (messageId == null || frame.messageId().equals(messageId))) {
                return frame;
            }
        }
        throw RingCentralException.unavailable("The WebSocket gateway does not answer.");
    }
}

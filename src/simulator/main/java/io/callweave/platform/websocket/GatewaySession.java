package io.callweave.platform.websocket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.FrameChannel;
import io.callweave.platform.subscription.SubscriptionRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session of the gateway. It has one connection, or waits for a while for the next one. */
final class GatewaySession implements FrameChannel {

    private static final String FORM = "session:";

    private final String id = UUID.randomUUID().toString();
    private final Caller caller;
    private final SubscriptionRegistry subscriptions;
    private final RecoveryBuffer buffer = new RecoveryBuffer(Frames.BUFFER_SIZE);
    private @Nullable GatewayConnection connection;
    private @Nullable String subscription;
    private @Nullable Instant disconnected;

    GatewaySession(Caller caller, SubscriptionRegistry subscriptions) {
        this.caller = caller;
        this.subscriptions = subscriptions;
    }

    /** The session id in a {@code wsc} token; empty if it is no such token. */
    static Optional<String> idIn(String wsc) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(wsc), StandardCharsets.UTF_8);
            return text.startsWith(FORM) ? Optional.of(text.substring(FORM.length())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String wsc() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((FORM + id).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String id() {
        return id;
    }

    Caller caller() {
        return caller;
    }

    /** The subscription before it ends: a session has one only (websockets/subscribing.md). */
    @Override
    public synchronized void subscribed(String subscriptionId) {
        if (subscription != null) {
            subscriptions.remove(subscription);
        }
        subscription = subscriptionId;
    }

    @Override
    public synchronized void push(ObjectNode envelope) {
        String frame = Frames.notification(envelope);
        buffer.add(frame);
        if (connection != null) {
            connection.send(frame);
        }
    }

    /** Whether the client can have its subscription back, or why not. */
    synchronized Recovery recoverable(Caller by) {
        if (!by.oauthSession().equals(caller.oauthSession())) {
            return Recovery.OTHER_SIGN_IN;
        }
        return subscription == null ? Recovery.NOTHING_SUBSCRIBED : Recovery.SUCCESSFUL;
    }

    /** Uses this connection from now on. First it says who it is, then it sends what the client missed. */
    synchronized void connect(GatewayConnection newConnection, String details) {
        GatewayConnection earlier = connection;
        connection = newConnection;
        disconnected = null;
        newConnection.send(details);
        buffer.missed().forEach(newConnection::send);
        if (earlier != null) {
            earlier.cut();
        }
    }

    synchronized void disconnected(GatewayConnection ended, Instant now) {
        if (connection == ended) {
            connection = null;
            disconnected = now;
        }
    }

    synchronized long newest() {
        return buffer.newest();
    }

    /** Whether there are messages that the client may not have received. */
    synchronized boolean isUnsure() {
        return !buffer.isEmpty();
    }

    synchronized void received(long number) {
        buffer.received(number);
    }

    @Nullable
    synchronized GatewayConnection connection() {
        return connection;
    }

    /** Whether nobody can recover it any longer. */
    synchronized boolean isLost(Instant now, GatewayTimes times) {
        return disconnected != null && !disconnected.plus(times.recovery()).isAfter(now);
    }

    synchronized void end() {
        if (subscription != null) {
            subscriptions.remove(subscription);
            subscription = null;
        }
    }
}

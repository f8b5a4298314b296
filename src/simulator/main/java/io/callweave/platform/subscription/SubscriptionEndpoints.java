package io.callweave.platform.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.FrameChannel;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.UsageGroup;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /restapi/v1.0/subscription} and what is below it. */
public final class SubscriptionEndpoints {

    public static final String PATH = "/restapi/v1.0/subscription";

    private static final String ONE = PATH + "/{subscriptionId}";
    private static final String ID = "subscriptionId";

    /** A public report: RingCentral refuses longer verification tokens, which nothing documents. */
    private static final int LONGEST_VERIFICATION_TOKEN = 32;

    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SubscriptionRegistry registry;
    private final Handshake handshake;

    public SubscriptionEndpoints(SubscriptionRegistry registry, Handshake handshake) {
        this.registry = registry;
        this.handshake = handshake;
    }

    public List<PlatformRoute> routes() {
        return List.of(
                new PlatformRoute("POST", PATH, UsageGroup.MEDIUM, null, this::create),
                new PlatformRoute("GET", PATH, UsageGroup.LIGHT, null, this::list),
                new PlatformRoute("GET", ONE, UsageGroup.LIGHT, null, this::read),
                new PlatformRoute("PUT", ONE, UsageGroup.MEDIUM, null, this::update),
                new PlatformRoute("DELETE", ONE, UsageGroup.MEDIUM, null, this::delete),
                new PlatformRoute("POST", ONE + "/renew", UsageGroup.LIGHT, null, this::renew));
    }

    private PlatformReply create(Caller caller, PlatformRequest request, Map<String, String> path) {
        JsonNode body = request.json();
        List<EventFilter> filters = filters(body, caller);
        if (filters.isEmpty()) {
            throw PlatformError.parameter("eventFilters");
        }
        if (filters.stream().allMatch(filter -> Reminder.of(filter).isPresent())) {
            throw new PlatformError(400, "SUB-515", "Subscription containing only reminder filter is not allowed");
        }
        Long seconds = expiresIn(body);
        DeliveryMode mode = mode(caller, request, body.path("deliveryMode"));
        if (mode instanceof DeliveryMode.Webhook webhook) {
            handshake.perform(webhook);
        }
        PlatformSubscription created = registry.create(caller, mode, filters, seconds);
        if (mode instanceof DeliveryMode.Socket socket) {
            socket.channel().subscribed(created.id());
        }
        return PlatformReply.ok(created.json(request.base(), registry.now()));
    }

    private PlatformReply list(Caller caller, PlatformRequest request, Map<String, String> path) {
        ObjectNode reply = PlatformRequest.object().put("uri", request.base() + PATH);
        ArrayNode records = reply.putArray("records");
        registry.of(caller).forEach(one -> records.add(one.json(request.base(), registry.now())));
        return PlatformReply.ok(reply);
    }

    private PlatformReply read(Caller caller, PlatformRequest request, Map<String, String> path) {
        return shown(registry.find(caller, path.getOrDefault(ID, "")), request);
    }

    /** With or without new filters, it renews. */
    private PlatformReply update(Caller caller, PlatformRequest request, Map<String, String> path) {
        PlatformSubscription subscription = registry.find(caller, path.getOrDefault(ID, ""));
        JsonNode body = request.json();
        if (body.has("eventFilters")) {
            subscription.filters(filters(body, caller));
        }
        registry.renew(subscription, expiresIn(body));
        return shown(subscription, request);
    }

    private PlatformReply renew(Caller caller, PlatformRequest request, Map<String, String> path) {
        PlatformSubscription subscription = registry.find(caller, path.getOrDefault(ID, ""));
        registry.renew(subscription, null);
        return shown(subscription, request);
    }

    private PlatformReply delete(Caller caller, PlatformRequest request, Map<String, String> path) {
        registry.remove(registry.find(caller, path.getOrDefault(ID, "")).id());
        return PlatformReply.noContent();
    }

    private PlatformReply shown(PlatformSubscription subscription, PlatformRequest request) {
        return PlatformReply.ok(subscription.json(request.base(), registry.now()));
    }

    private static List<EventFilter> filters(JsonNode body, Caller caller) {
        List<EventFilter> filters = new ArrayList<>();
        for (JsonNode filter : body.path("eventFilters")) {
            filters.add(EventFilter.parse(filter.asText(), caller));
        }
        if (filters.stream().anyMatch(EventFilter::telephony)
                && !caller.permissions().contains(PlatformCredentials.CALL_CONTROL)) {
            throw PlatformError.permission(PlatformCredentials.CALL_CONTROL);
        }
        for (EventFilter filter : filters) {
            String permission = filter.permission();
            if (permission != null) {
                need(caller, permission);
            }
        }
        return List.copyOf(filters);
    }

    private static @Nullable Long expiresIn(JsonNode body) {
        if (!body.has("expiresIn")) {
            return null;
        }
        long seconds = body.path("expiresIn").asLong();
        if (seconds < 1) {
            throw PlatformError.parameter("expiresIn");
        }
        return seconds;
    }

    private static DeliveryMode mode(Caller caller, PlatformRequest request, JsonNode json) {
        String type = json.path("transportType").asText();
        return switch (type) {
            case "WebHook" -> {
                need(caller, PlatformCredentials.WEBHOOKS);
                yield webhook(json);
            }
            case "WebSocket" -> {
                need(caller, PlatformCredentials.WEB_SOCKETS);
                FrameChannel channel = request.channel();
                if (channel == null) {
                    // INFER: only a WebSocket can ask for notifications on itself.
                    throw PlatformError.parameter("deliveryMode.transportType");
                }
                yield new DeliveryMode.Socket(channel);
            }
            case "PubNub" -> {
                if (!caller.permissions().contains(PlatformCredentials.PUBNUB)) {
                    throw new PlatformError(
                            403,
                            "SUB-528",
                            "[SubscriptionAPNS] application permission is required for [PubNub/APNS] transport");
                }
                yield pubNub(json);
            }
            default -> throw PlatformError.parameter("deliveryMode.transportType");
        };
    }

    private static DeliveryMode pubNub(JsonNode json) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        String id = UUID.randomUUID().toString();
        // RingCentral's SDK for JavaScript asks for nothing and expects encryption.
        return new DeliveryMode.PubNub(
                id.replace("-", "").substring(16) + "_simulated",
                json.path("encryption").asBoolean(true),
                "sub-c-" + id,
                Base64.getEncoder().encodeToString(key));
    }

    private static DeliveryMode webhook(JsonNode json) {
        String address = json.path("address").asText();
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            throw PlatformError.parameter("deliveryMode.address");
        }
        // The field had another name before API 1.0.33.
        JsonNode token = json.has("verificationToken") ? json.path("verificationToken") : json.path("validationToken");
        if (token.asText().length() > LONGEST_VERIFICATION_TOKEN) {
            throw PlatformError.parameter("deliveryMode.verificationToken");
        }
        return new DeliveryMode.Webhook(address, token.isTextual() ? token.asText() : null);
    }

    private static void need(Caller caller, String permission) {
        if (!caller.permissions().contains(permission)) {
            throw PlatformError.permission(permission);
        }
    }
}

package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one user and app. Each method fails with a {@link RingCentralException}. */
public final class Subscriptions {

    /** RingCentral's maximum for webhooks: ten years. Its default is seven days, which end unnoticed. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    /** Nobody documents it; RingCentral refuses longer ones. */
    public static final int LONGEST_TOKEN = 32;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/restapi/v1.0/subscription";

    private final Client client;

    Subscriptions(Client client) {
        this.client = client;
    }

    public List<Subscription> list() {
        List<Subscription> all = new ArrayList<>();
        client.call("GET", PATH, null).path("records").forEach(each -> all.add(Subscription.of(each)));
        return all;
    }

    public Subscription get(String id) {
        return Subscription.of(client.call("GET", at(id), null));
    }

    /**
     * RingCentral tests the address before it answers.
     *
     * @param further what is to come beside calls, as far as the app may have it
     * @param token comes with each delivery; null for none
     */
    public Subscription createWebhook(
            List<TelephonyFilter> filters, FurtherEvents further, URI address, @Nullable String token, Duration life) {
        return client.withFurther(further, with -> {
            ObjectNode request = filters(filters, with).put("expiresIn", life.toSeconds());
            ObjectNode delivery = request.putObject("deliveryMode")
                    .put("transportType", "WebHook")
                    .put("address", address.toString());
            if (token != null) {
                delivery.put("verificationToken", token);
            }
            return Subscription.of(client.call("POST", PATH, request));
        });
    }

    /** RingCentral encrypts what it gives to PubNub. */
    public PubNubSubscription createPubNub(List<TelephonyFilter> filters, FurtherEvents further, Duration life) {
        return client.withFurther(further, with -> {
            ObjectNode request = filters(filters, with).put("expiresIn", life.toSeconds());
            request.putObject("deliveryMode").put("transportType", "PubNub").put("encryption", true);
            return PubNubSubscription.of(client.call("POST", PATH, request));
        });
    }

    /** One that {@link #createPubNub} made. */
    public PubNubSubscription getPubNub(String id) {
        return PubNubSubscription.of(client.call("GET", at(id), null));
    }

    /** Gives it other filters; its life begins again. */
    public Subscription change(String id, List<TelephonyFilter> filters, FurtherEvents further) {
        return client.withFurther(further, with -> Subscription.of(client.call("PUT", at(id), filters(filters, with))));
    }

    /** Gives it the filters of these events beside those that it has, as far as it lacks them and the app may have them. */
    public void follow(Subscription subscription, FurtherEvents further) {
        if (client.permitted(further).missingIn(subscription.filters()).isEmpty()) {
            return;
        }
        var unused = client.withFurther(further, with -> {
            List<String> missing = with.missingIn(subscription.filters());
            if (missing.isEmpty()) {
                return subscription;
            }
            ObjectNode request = JSON.createObjectNode();
            var array = request.putArray("eventFilters");
            subscription.filters().forEach(array::add);
            missing.forEach(array::add);
            return Subscription.of(client.call("PUT", at(subscription.id()), request));
        });
    }

    /** Whether it lacks events that the app may have. */
    public boolean lacks(Subscription subscription, FurtherEvents further) {
        return !client.permitted(further).missingIn(subscription.filters()).isEmpty();
    }

    /** Its life begins again. */
    public Subscription renew(String id) {
        return Subscription.of(client.call("POST", at(id) + "/renew", null));
    }

    public void delete(String id) {
        client.call("DELETE", at(id), null);
    }

    /** The body of a request for events. */
    public static ObjectNode filters(List<TelephonyFilter> filters, FurtherEvents further) {
        ObjectNode request = JSON.createObjectNode();
        var array = request.putArray("eventFilters");
        filters.forEach(filter -> array.add(filter.toString()));
        further.filters().forEach(array::add);
        return request;
    }

    private static String at(String id) {
        if (!id.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("\"" + id + "\" is no id of a subscription.");
        }
        return PATH + "/" + id;
    }
}

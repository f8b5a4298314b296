package io.callweave.deliver.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.fact.FactKind;
import io.callweave.deliver.EventType;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Subscriptions as the values of their topic: JSON, UTF-8. */
public final class SubscriptionJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SubscriptionJson() {}

    /** With its secrets as they are stored. */
    public static byte[] write(WebhookSubscription subscription) {
        ObjectNode json = shown(subscription);
        json.put("url", subscription.url().toString());
        ArrayNode secrets = json.putArray("secrets");
        for (SigningSecret secret : subscription.secrets()) {
            ObjectNode each = secrets.addObject().put("stored", secret.stored());
            if (secret.until() != null) {
                each.put("until", Timestamps.iso(secret.until()));
            }
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException cannotBe) {
            throw new IllegalStateException(cannotBe);
        }
    }

    /** What may be read back: no secrets, and only the host of the address. */
    public static ObjectNode shown(WebhookSubscription subscription) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", subscription.id());
        json.put("url", subscription.host() + "/…");
        json.put("account", subscription.account());
        json.put("state", subscription.state().wireName());
        json.put("reason", subscription.reason());
        array(
                json,
                "events",
                subscription.events().stream().map(EventType::wireName).sorted().toList());
        json.put("shape", subscription.shape().wireName());
        array(json, "fields", subscription.fields());
        CallFilter filter = subscription.filter();
        ObjectNode filters = json.putObject("filter");
        array(filters, "directions", filter.directions());
        array(filters, "results", filter.results());
        array(filters, "queues", filter.queues());
        array(filters, "extensions", filter.extensions());
        array(filters, "numbers", filter.numbers());
        filters.put("minTalkMs", filter.minTalkMs());
        array(
                json,
                "waitFor",
                subscription.waitFor().kinds().stream().map(FactKind::wireName).toList());
        json.put("waitAtMostMs", subscription.waitFor().atMostMs());
        json.put("created", Timestamps.iso(subscription.created()));
        json.put("changed", Timestamps.iso(subscription.changed()));
        return json;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static WebhookSubscription read(byte[] value) {
        try {
            return read(JSON.readTree(value));
        } catch (IOException | DateTimeParseException e) {
            throw new IllegalArgumentException("This is not a subscription.", e);
        }
    }

    private static WebhookSubscription read(JsonNode json) {
        List<SigningSecret> secrets = new ArrayList<>();
        for (JsonNode each : json.path("secrets")) {
            Long until = each.hasNonNull("until") ? (Long) time(each.path("until")) : null;
            secrets.add(new SigningSecret(each.path("stored").asText(), until));
        }
        Set<EventType> events = new LinkedHashSet<>();
        // A newer version may know more of them.
        texts(json.path("events")).forEach(name -> EventType.of(name).ifPresent(events::add));
        JsonNode filter = json.path("filter");
        return new WebhookSubscription(
                json.path("id").asText(),
                URI.create(json.path("url").asText()),
                json.path("account").asText(),
                events,
                new CallFilter(
                        new HashSet<>(texts(filter.path("directions"))),
                        new HashSet<>(texts(filter.path("results"))),
                        new HashSet<>(texts(filter.path("queues"))),
                        new HashSet<>(texts(filter.path("extensions"))),
                        new HashSet<>(texts(filter.path("numbers"))),
                        filter.path("minTalkMs").asLong()),
                BodyShape.of(json.path("shape").asText()).orElse(BodyShape.RECORD),
                texts(json.path("fields")),
                new WaitFor(
                        FactKind.artifacts(texts(json.path("waitFor"))),
                        json.path("waitAtMostMs").asLong()),
                secrets,
                SubscriptionState.of(json.path("state").asText())
                        .orElseThrow(() -> new IllegalArgumentException("This state of a subscription is not known.")),
                json.path("reason").asText(),
                time(json.path("created")),
                time(json.path("changed")));
    }

    private static long time(JsonNode text) {
        return Timestamps.millis(text.asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static void array(ObjectNode json, String name, Collection<String> texts) {
        ArrayNode array = json.putArray(name);
        texts.stream().sorted().forEach(array::add);
    }
}

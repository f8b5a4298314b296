package io.callweave.deliver.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.deliver.manage.RetryChoice;
import io.callweave.deliver.manage.SubscriptionDraft;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.settings.value.Durations;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bodies of requests. A member that is not known is an error, so that a misspelt filter does not match everything. */
final class ApiRequests {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Set<String> DRAFT = Set.of(
            "url", "account", "events", "filter", "shape", "fields", "waitFor", "waitAtMostMs", "secret", "test");
    private static final Set<String> FILTER =
            Set.of("directions", "results", "queues", "extensions", "numbers", "minTalkMs");
    private static final Set<String> ROTATION = Set.of("secret", "overlap");
    private static final Set<String> RETRY = Set.of("subscription", "call", "since", "until", "all", "dryRun");

    private ApiRequests() {}

    /** @param secret reference to the new secret; null for a new one */
    record Rotation(@Nullable String secret, Duration overlap) {}

    /** @param dryRun only to count */
    record Retry(RetryChoice choice, boolean dryRun) {}

    static SubscriptionDraft draft(byte[] body) {
        JsonNode json = object(body, DRAFT);
        return new SubscriptionDraft(
                text(json, "url").orElseThrow(() -> invalid("url is missing.")),
                text(json, "account").orElseThrow(() -> invalid("account is missing; * stands for all.")),
                texts(json, "events"),
                filter(json.path("filter")),
                text(json, "shape").orElse(BodyShape.RECORD.wireName()),
                texts(json, "fields"),
                texts(json, "waitFor"),
                waitAtMost(json.path("waitAtMostMs")),
                text(json, "secret").orElse(null),
                flag(json, "test", true));
    }

    private static Duration waitAtMost(JsonNode json) {
        if (json.isMissingNode()) {
            return WaitFor.USUAL;
        }
        if (!json.isIntegralNumber() || !json.canConvertToInt() || json.asInt() < 0) {
            throw invalid("waitAtMostMs must be a whole number of milliseconds, at most 86400000.");
        }
        return Duration.ofMillis(json.asInt());
    }

    private static CallFilter filter(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return CallFilter.ALL;
        }
        checkMembers(json, FILTER);
        JsonNode talk = json.path("minTalkMs");
        if (!talk.isMissingNode() && !(talk.isIntegralNumber() && talk.canConvertToLong() && talk.asLong() >= 0)) {
            throw invalid("minTalkMs must be a whole number of milliseconds.");
        }
        return new CallFilter(
                new HashSet<>(texts(json, "directions")),
                new HashSet<>(texts(json, "results")),
                new HashSet<>(texts(json, "queues")),
                new HashSet<>(texts(json, "extensions")),
                new HashSet<>(texts(json, "numbers")),
                talk.asLong());
    }

    static Rotation rotation(byte[] body) {
        JsonNode json = object(body, ROTATION);
        String overlap = text(json, "overlap").orElse("24h");
        return new Rotation(
                text(json, "secret").orElse(null),
                Durations.parse(overlap).orElseThrow(() -> invalid("overlap must be a duration such as 24h.")));
    }

    static Retry retry(byte[] body) {
        JsonNode json = object(body, RETRY);
        boolean chosen = Stream.of("subscription", "call", "since", "until").anyMatch(json::hasNonNull);
        if (!chosen && !flag(json, "all", false)) {
            throw invalid("Say what to deliver again: subscription, call, since, until, or \"all\": true.");
        }
        return new Retry(
                new RetryChoice(
                        text(json, "subscription").orElse(null),
                        text(json, "call").orElse(null),
                        time(json, "since", Long.MIN_VALUE),
                        time(json, "until", Long.MAX_VALUE)),
                flag(json, "dryRun", false));
    }

    private static JsonNode object(byte[] body, Set<String> members) {
        JsonNode json;
        try {
            json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw invalid("The body is not JSON.");
        } catch (IOException e) {
            throw invalid("The body cannot be read.");
        }
        checkMembers(json, members);
        return json;
    }

    private static void checkMembers(JsonNode json, Set<String> members) {
        if (!json.isObject()) {
            throw invalid("A JSON object is expected.");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw invalid("There is no member " + name.substring(0, Math.min(40, name.length())) + ".");
            }
        });
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode found = json.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return Optional.empty();
        }
        if (!found.isTextual()) {
            throw invalid(name + " must be text.");
        }
        return Optional.of(found.asText());
    }

    private static List<String> texts(JsonNode json, String name) {
        JsonNode found = json.path(name);
        List<String> texts = new ArrayList<>();
        if (found.isMissingNode() || found.isNull()) {
            return texts;
        }
        if (!found.isArray()) {
            throw invalid(name + " must be an array of texts.");
        }
        for (JsonNode each : found) {
            if (!each.isTextual()) {
                throw invalid(name + " must be an array of texts.");
            }
            texts.add(each.asText());
        }
        return texts;
    }

    private static boolean flag(JsonNode json, String name, boolean byDefault) {
        JsonNode found = json.path(name);
        if (found.isMissingNode()) {
            return byDefault;
        }
        if (!found.isBoolean()) {
            throw invalid(name + " must be true or false.");
        }
        return found.asBoolean();
    }

    private static long time(JsonNode json, String name, long none) {
        try {
            return text(json, name).map(Timestamps::millis).orElse(none);
        } catch (DateTimeException e) {
            throw invalid(name + " must be a time such as 2026-11-20T08:00:00Z.");
        }
    }

    private static SubscriptionException invalid(String message) {
        return new SubscriptionException(SubscriptionException.Kind.INVALID, message);
    }
}

package io.callweave.deliver.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** How each endpoint is in all instances: this one asks the others over HTTP. */
final class GroupStatus {

    static final String PATH = "/deliver/status";
    static final String OWN_PATH = "/deliver/status/own";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final List<String> SUMS = List.of("waiting", "running", "delivered", "failed");
    private static final List<String> HIGHEST = List.of("p50Ms", "p99Ms");
    private static final int OK = 200;

    private final Supplier<List<String>> instances;
    private final Supplier<ArrayNode> here;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String address;

    /**
     * @param address of this instance, as the others see it
     * @param instances addresses of all that have work
     * @param here how each endpoint is in this instance
     */
    GroupStatus(String address, Supplier<List<String>> instances, Supplier<ArrayNode> here) {
        this.address = address;
        this.instances = instances;
        this.here = here;
    }

    /** JSON: an array of endpoints. */
    String own() {
        return text(here.get());
    }

    /** JSON: the instances, and the endpoints with the figures of all instances that answer. */
    String all() {
        Map<String, CompletableFuture<Optional<JsonNode>>> asked = new TreeMap<>();
        for (String each : instances.get()) {
            if (!each.equals(address)) {
                asked.put(each, ask(each));
            }
        }
        ObjectNode status = JSON.createObjectNode();
        ArrayNode answers = status.putArray("instances");
        answers.addObject().put("address", address).put("answers", true);
        Map<String, ObjectNode> endpoints = new TreeMap<>();
        add(endpoints, here.get());
        asked.forEach((other, answer) -> {
            Optional<JsonNode> found = answer.join();
            answers.addObject().put("address", other).put("answers", found.isPresent());
            found.ifPresent(json -> add(endpoints, json));
        });
        status.putArray("endpoints").addAll(endpoints.values());
        return text(status);
    }

    private CompletableFuture<Optional<JsonNode>> ask(String other) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(other + OWN_PATH))
                .timeout(TIMEOUT)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode() == OK ? parsed(answer.body()) : Optional.<JsonNode>empty())
                .exceptionally(away -> Optional.empty());
    }

    private static Optional<JsonNode> parsed(String body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JsonProcessingException noDeliverer) {
            return Optional.empty();
        }
    }

    private static void add(Map<String, ObjectNode> endpoints, JsonNode instance) {
        for (JsonNode each : instance) {
            endpoints.merge(each.path("subscription").asText(), each.deepCopy(), GroupStatus::together);
        }
    }

    static ObjectNode together(ObjectNode one, ObjectNode other) {
        SUMS.forEach(
                name -> one.put(name, one.path(name).asLong() + other.path(name).asLong()));
        HIGHEST.forEach(name ->
                one.put(name, Math.max(one.path(name).asLong(), other.path(name).asLong())));
        if (one.path("lastFailure").asText().isEmpty()) {
            one.set("lastFailure", other.path("lastFailure"));
        }
        // Times in this form compare as text.
        if (other.hasNonNull("nextAttempt")
                && (!one.hasNonNull("nextAttempt")
                        || other.path("nextAttempt")
                                        .asText()
                                        .compareTo(one.path("nextAttempt").asText())
                                < 0)) {
            one.set("nextAttempt", other.path("nextAttempt"));
        }
        return one;
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException cannotBe) {
            throw new IllegalStateException(cannotBe);
        }
    }
}

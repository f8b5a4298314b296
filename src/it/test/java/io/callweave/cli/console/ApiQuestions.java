package io.callweave.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Questions to every route that the description of the API has, so that no route can be forgotten: each with every value of its
 * parameters that a test knows. Streams of events are not asked: they do not end.
 */
final class ApiQuestions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}={0,2}");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Question> all = new ArrayList<>();

    /** A request. */
    record Question(
            String method,
            String route,
            String path,
            @Nullable String body) {}

    /**
     * Makes the questions.
     *
     * @param calls for the parameters of paths, each with an account and an id
     * @param queries values of each parameter in queries; one that is missing here is asked with "1"
     * @param bodies for each route that takes one
     */
    ApiQuestions(
            JsonNode openApi, List<Map<String, String>> calls, Map<String, List<String>> queries, List<String> bodies) {
        openApi.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    if (operation.at("/responses/200/content").has("text/event-stream")) {
                        return;
                    }
                    for (String filled : filled(path.getKey(), calls)) {
                        for (String query : queries(operation, queries)) {
                            for (String body : operation.has("requestBody") ? bodies : List.of("")) {
                                all.add(new Question(
                                        method.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey(),
                                        filled + query,
                                        operation.has("requestBody") ? body : null));
                            }
                        }
                    }
                }));
    }

    private static List<String> filled(String path, List<Map<String, String>> calls) {
        return calls.stream()
                .map(call -> IN_PATH.matcher(path).replaceAll(name -> value(call, name)))
                .distinct()
                .toList();
    }

    private static String value(Map<String, String> call, MatchResult name) {
        String value = call.get(name.group(1));
        if (value == null) {
            throw new IllegalStateException("A route has a parameter that this test does not know: " + name.group());
        }
        return value;
    }

    private static List<String> queries(JsonNode operation, Map<String, List<String>> values) {
        List<String> queries = new ArrayList<>(List.of(""));
        operation.path("parameters").forEach(parameter -> {
            String name = parameter.path("name").asText();
            List<String> those = new ArrayList<>();
            parameter.at("/schema/enum").forEach(each -> those.add(each.asText()));
            those.addAll(values.getOrDefault(name, those.isEmpty() ? List.of("1") : List.of()));
            if (parameter.path("in").asText().equals("query")) {
                those.forEach(each -> queries.add("?" + name + "=" + URLEncoder.encode(each, StandardCharsets.UTF_8)));
            }
        });
        return queries;
    }

    List<Question> all() {
        return all;
    }

    /** Of every route that is asked. */
    List<String> routes() {
        return all.stream().map(Question::route).distinct().toList();
    }

    HttpResponse<String> ask(String address, String token, Question question) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + question.path()))
                .header("Authorization", "Bearer " + token)
                .method(
                        question.method(),
                        question.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(question.body()));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** With headers, and with what texts in Base64 are. */
    static String readable(HttpResponse<String> answer) {
        return answer.headers().map() + "\n" + readable(answer.body());
    }

    /** With what texts in Base64 are. */
    static String readable(String text) {
        return text + BASE64.matcher(text).results().map(ApiQuestions::decoded).collect(Collectors.joining("\n"));
    }

    private static String decoded(MatchResult text) {
        try {
            return new String(
                    Base64.getDecoder().decode(text.group().replace('-', '+').replace('_', '/')),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    static JsonNode described(String address, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/v1/openapi.json"))
                .header("Authorization", "Bearer " + token)
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }
}

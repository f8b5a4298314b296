package io.callweave.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client of the platform that sends exactly what a test wants. */
public final class PlatformClient {

    static final String SUBSCRIPTION = "/restapi/v1.0/subscription";
    static final String SESSIONS = "/restapi/v1.0/account/~/telephony/sessions";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String account;
    private String token = "";

    /** What was answered. */
    public record Answer(int status, JsonNode json, HttpResponse<String> http) {

        public String text(String pointer) {
            return json.at(pointer).asText();
        }
    }

    PlatformClient(PlatformServer platform, String account) {
        this(platform.address(), account);
    }

    public PlatformClient(String base, String account) {
        this.base = base;
        this.account = account;
    }

    HttpClient http() {
        return http;
    }

    public Answer signIn() {
        return signIn("client-" + account, "secret-" + account, "jwt-" + account);
    }

    Answer signIn(String clientId, String secret, String jwt) {
        return token(
                clientId, secret, "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + jwt);
    }

    Answer refresh(String refreshToken) {
        return token(
                "client-" + account, "secret-" + account, "grant_type=refresh_token&refresh_token=" + refreshToken);
    }

    private Answer token(String clientId, String secret, String form) {
        String basic = Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        Answer answer = send(HttpRequest.newBuilder(URI.create(base + "/restapi/oauth/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        if (answer.status() == 200) {
            token = answer.text("/access_token");
        }
        return answer;
    }

    PlatformClient withToken(String newToken) {
        token = newToken;
        return this;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, JsonNode body) {
        return send(request(path).POST(BodyPublishers.ofString(body.toString())));
    }

    Answer post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** A subscription to all calls of the account. */
    Answer subscribe(String address) {
        return subscribe(address, SESSIONS);
    }

    public Answer subscribe(String address, String filter) {
        return post(SUBSCRIPTION, subscription(address, filter));
    }

    static ObjectNode subscription(String address, String... filters) {
        ObjectNode body = MAPPER.createObjectNode();
        for (String filter : filters) {
            body.withArray("eventFilters").add(filter);
        }
        body.putObject("deliveryMode").put("transportType", "WebHook").put("address", address);
        return body;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), read(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode read(String text) {
        return TestJson.tree(text.isEmpty() ? "{}" : text);
    }
}

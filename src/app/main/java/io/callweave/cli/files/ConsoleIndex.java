package io.callweave.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.explain.TopicEvidence.Periods;
import io.callweave.export.ExportPeriod;
import io.callweave.files.LocalException;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The index of a console knows when a call was on the topics, so that these need not be searched. */
final class ConsoleIndex {

    /** The environment variable with the access token. */
    static final String TOKEN = "CONSOLE_TOKEN";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConsoleIndex() {}

    /**
     * Asks a console.
     *
     * @param url of its page
     * @param token null if it has none
     * @param call the id of a call or of a telephony session
     * @return null if the console does not know it
     * @throws LocalException if it does not answer; one sentence
     */
    static @Nullable Periods find(String url, @Nullable String token, String call) throws InterruptedException {
        HttpResponse<String> answer;
        JsonNode times;
        try {
            String id = URLEncoder.encode(call, StandardCharsets.UTF_8).replace("+", "%20");
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(url.replaceFirst("/+$", "") + "/v1/times/" + id))
                    .timeout(TIMEOUT);
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            times = answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.createObjectNode();
        } catch (IOException | IllegalArgumentException e) {
            throw new LocalException("No console answers at " + url + "; name the URL of its page with --console.", e);
        }
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            throw new LocalException("The console at " + url
                    + " needs an access token of all accounts in the environment" + " variable " + TOKEN + ".");
        }
        if (answer.statusCode() != 200) {
            throw new LocalException("The console at " + url + " cannot tell: it answers " + answer.statusCode() + ".");
        }
        ExportPeriod emitted = period(times.path("emitted"));
        ExportPeriod received = period(times.path("received"));
        return emitted != null
                ? new Periods(emitted, received)
                : received == null ? null : Periods.near(received.from());
    }

    private static @Nullable ExportPeriod period(JsonNode span) {
        return span.isObject()
                ? new ExportPeriod(
                        Timestamps.millis(span.path("first").asText()),
                        Timestamps.millis(span.path("last").asText()) + 1)
                : null;
    }
}

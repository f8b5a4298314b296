import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Base64;
import java.util.Map;

/** RingCentral's Call Control API, with the credentials of "callweave local" in the environment. */
final class CallControl {

    private static final String SERVER =
            System.getenv().getOrDefault("CALLWEAVE_RINGCENTRAL_SERVER", "https://platform.ringcentral.com");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private String token = "";

    /** Asks for something to be done with a party; "201" or the error of RingCentral. */
    String post(JsonNode event, String action, Map<String, String> body) throws IOException, InterruptedException {
        URI address = URI.create(SERVER + "/restapi/v1.0/account/~/telephony/sessions/"
                + URLEncoder.encode(event.get("telephonySessionId").asText(), UTF_8) + "/parties/"
                + URLEncoder.encode(event.get("partyId").asText(), UTF_8) + "/" + action);
        HttpResponse<String> answer = send(address, body);
        if (answer.statusCode() == 401) { // the token is missing or has expired
            signIn();
            answer = send(address, body);
        }
        return answer.statusCode() < 300 ? "" + answer.statusCode() : answer.statusCode() + " " + answer.body();
    }

    void signIn() throws IOException, InterruptedException {
        String app = System.getenv("CALLWEAVE_RINGCENTRAL_CLIENT_ID") + ":"
                + System.getenv("CALLWEAVE_RINGCENTRAL_CLIENT_SECRET");
        String form = "grant_type=" + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", UTF_8)
                + "&assertion=" + URLEncoder.encode(System.getenv("CALLWEAVE_RINGCENTRAL_JWT"), UTF_8);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(SERVER + "/restapi/oauth/token"))
                        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(app.getBytes(UTF_8)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("RingCentral refuses the sign-in: " + answer.statusCode());
        }
        token = json.readTree(answer.body()).get("access_token").asText();
    }

    private HttpResponse<String> send(URI address, Map<String, String> body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }
}

package io.callweave.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.directory.PlatformContact;
import io.callweave.simulation.platform.SimulatedAccount;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults over HTTP. */
@Tag("full")
class ControlIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();

    private PlatformServer platform;
    private PlatformClient client;

    @BeforeEach
    void start() {
        platform = PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)), Clock.systemUTC());
        client = new PlatformClient(platform, ACCOUNT);
        client.signIn();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldRefuseTheNextRequests() {
        PlatformClient.Answer control = client.post(
                "/control",
                PlatformClient.read(
                        "{\"refuse\": {\"path\": \"/restapi/oauth\", \"status\": 429, \"retryAfter\": 7}}"));

        PlatformClient.Answer refused = client.signIn();

        assertThat(control.json().path("subscriptions").asInt()).isZero();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.http().headers().firstValue("Retry-After")).contains("7");
        assertThat(client.signIn().status()).isEqualTo(200);
    }

    @Test
    void shouldTakeEveryControlThatItShows() {
        platform.directory()
                .fill("400001001", List.of(new PlatformContact("62001001001", "User", "101", "Ann", null, null)));
        JsonNode controls = client.get("/control").json().path("controls");

        assertThat(controls).isNotEmpty();
        assertThat(client.post("/control", controls).status()).isEqualTo(200);
    }

    /** 40 MB ended a platform with a heap of 128 MB. */
    @ParameterizedTest
    @CsvSource({"1048576, 400", "1048577, 413"})
    void shouldNotReadABodyWithoutAnEnd(int length, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.address() + "/control"))
                .POST(BodyPublishers.ofString("x".repeat(length)))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void shouldExpireAllAccessTokens() {
        client.post("/control", PlatformClient.read("{\"expireAccessTokens\": true}"));

        assertThat(client.get(PlatformClient.SUBSCRIPTION).text("/errorCode")).isEqualTo("TokenExpired");
    }

    @Test
    void shouldSayWhatThereIsInsteadOfAnUnknownControl() {
        PlatformClient.Answer answer = client.post("/control", PlatformClient.read("{\"explode\": true}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/message")).startsWith("\"explode\" is none of deliver, dropNext");
    }
}

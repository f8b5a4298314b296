package io.callweave.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.platform.oauth.PlatformCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign-in, tokens, permissions and rate limits. */
@Tag("full")
class SignInIT {

    private static final String ACCOUNT = "400001001";
    private static final String OTHER = "400002002";

    private final MovableClock clock = new MovableClock();
    private PlatformServer platform;
    private PlatformClient client;

    @BeforeEach
    void start() {
        PlatformOptions options = PlatformOptions.of(List.of(ACCOUNT, OTHER));
        platform = PlatformServer.start(
                options.with(List.of(
                        options.accounts().get(0),
                        options.accounts().get(1).without(Set.of(PlatformCredentials.CALL_CONTROL)))),
                clock);
        client = new PlatformClient(platform, ACCOUNT);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldGiveTokensForAJwt() {
        PlatformClient.Answer answer = client.signIn();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/token_type")).isEqualTo("bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(7200);
        assertThat(answer.text("/owner_id")).isEqualTo(ACCOUNT);
        assertThat(answer.text("/scope")).contains("CallControl", "WebSocketsSubscription");
    }

    @Test
    void shouldRefuseWrongCredentials() {
        PlatformClient.Answer client1 = client.signIn("nobody", "secret", "jwt-" + ACCOUNT);
        PlatformClient.Answer secret = client.signIn("client-" + ACCOUNT, "wrong", "jwt-" + ACCOUNT);
        PlatformClient.Answer jwt = client.signIn("client-" + ACCOUNT, "secret-" + ACCOUNT, "jwt-" + OTHER);

        assertThat(client1.text("/error")).isEqualTo("invalid_client");
        assertThat(secret.status()).isEqualTo(401);
        assertThat(jwt.status()).isEqualTo(400);
        assertThat(jwt.text("/error")).isEqualTo("invalid_grant");
        assertThat(jwt.text("/errors/0/errorCode")).startsWith("OAU-");
    }

    @Test
    void shouldRefuseAnExpiredAccessTokenAndRefreshIt() {
        PlatformClient.Answer first = client.signIn();

        clock.advance(Duration.ofHours(2));
        PlatformClient.Answer expired = client.get(PlatformClient.SUBSCRIPTION);
        client.refresh(first.text("/refresh_token"));
        PlatformClient.Answer refreshed = client.get(PlatformClient.SUBSCRIPTION);
        PlatformClient.Answer again = client.refresh(first.text("/refresh_token"));

        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.text("/errorCode")).isEqualTo("TokenExpired");
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(again.text("/error")).isEqualTo("invalid_grant");
    }

    @Test
    void shouldForgetARefreshTokenAfterAWeek() {
        PlatformClient.Answer first = client.signIn();

        clock.advance(Duration.ofDays(7));

        assertThat(client.refresh(first.text("/refresh_token")).text("/error")).isEqualTo("invalid_grant");
    }

    @Test
    void shouldAskWhoSendsARequest() {
        PlatformClient.Answer nobody = client.get(PlatformClient.SUBSCRIPTION);
        PlatformClient.Answer stranger = client.withToken("invented").get(PlatformClient.SUBSCRIPTION);

        assertThat(nobody.text("/errorCode")).isEqualTo("AGW-401");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.text("/errorCode")).isEqualTo("TokenInvalid");
    }

    @Test
    void shouldMissAPermission() {
        PlatformClient other = new PlatformClient(platform, OTHER);
        other.signIn();

        PlatformClient.Answer answer = other.subscribe("http://127.0.0.1:9/hook");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/errorCode")).isEqualTo("InsufficientPermissions");
        assertThat(answer.text("/errors/0/permissionName")).isEqualTo("CallControl");
    }

    @Test
    void shouldStartThePenaltyAgainWithEachRequestInIt() {
        client.signIn();
        for (int i = 0; i < 10; i++) {
            assertThat(client.get("/restapi/v1.0/account/~/call-log").status()).isEqualTo(200);
        }

        PlatformClient.Answer eleventh = client.get("/restapi/v1.0/account/~/call-log");
        clock.advance(Duration.ofSeconds(59));
        PlatformClient.Answer early = client.get("/restapi/v1.0/account/~/call-log");
        clock.advance(Duration.ofSeconds(59));
        PlatformClient.Answer earlyAgain = client.get("/restapi/v1.0/account/~/call-log");
        clock.advance(Duration.ofSeconds(60));
        PlatformClient.Answer patient = client.get("/restapi/v1.0/account/~/call-log");

        assertThat(List.of(eleventh.status(), early.status(), earlyAgain.status()))
                .containsOnly(429);
        assertThat(eleventh.http().headers().firstValue("Retry-After")).contains("60");
        assertThat(patient.status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseRequestsOnDemand() {
        client.signIn();
        platform.faults().refuse(PlatformClient.SUBSCRIPTION, 503, 2, 1);

        assertThat(client.get(PlatformClient.SUBSCRIPTION).status()).isEqualTo(503);
        assertThat(client.get(PlatformClient.SUBSCRIPTION).http().headers().firstValue("Retry-After"))
                .contains("1");
        assertThat(client.get(PlatformClient.SUBSCRIPTION).status()).isEqualTo(200);
    }
}

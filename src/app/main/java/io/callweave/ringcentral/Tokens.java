package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.client.StringRequestContent;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one sign-in. It is renewed before it expires, with the refresh token as long as there is one: RingCentral
 * limits sign-ins. Thread-safe; several threads share one sign-in.
 */
final class Tokens {

    /** Of a token, which has to fit into a head, or of all permissions; in characters. */
    private static final int LONGEST = 8_192;

    private static final String PATH = "/restapi/oauth/token";
    private static final int OK = 200;
    private static final long DEFAULT_LIFE_S = 3_600;

    /** RingCentral's refresh tokens live for a week; a larger number is a fault. */
    private static final long LONGEST_LIFE_S = Duration.ofDays(366).toSeconds();

    /** One that has ended before is refused, and then dropped. With none, each request would sign in. */
    private static final long SHORTEST_LIFE_S = 60;

    /** A token is renewed when a tenth of its life is left, so that no request starts with one that ends on the way. */
    private static final int SHARE_LEFT = 10;

    private final Server server;
    private final Credentials credentials;
    private final InstantSource clock;
    private @Nullable Token access;
    private @Nullable Token refresh;
    private Set<String> permissions = Set.of();

    private record Token(String text, Instant renewAt) {}

    Tokens(Server server, Credentials credentials, InstantSource clock) {
        this.server = server;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * A token that is valid now.
     *
     * @throws RingCentralException if RingCentral does not give one
     */
    synchronized String get() throws InterruptedException {
        Token current = access;
        if (current != null && clock.instant().isBefore(current.renewAt())) {
            return current.text();
        }
        return take(renew()).text();
    }

    /** What RingCentral said that the app may do; empty before a sign-in, and if it did not say. */
    synchronized Set<String> permissions() {
        return permissions;
    }

    /** RingCentral does not accept this one any longer, whatever its age. */
    synchronized void drop(String token) {
        if (access != null && access.text().equals(token)) {
            access = null;
        }
    }

    private JsonNode renew() throws InterruptedException {
        Token known = refresh;
        refresh = null; // it can be used once
        if (known != null && clock.instant().isBefore(known.renewAt())) {
            ServerAnswer answer = post("grant_type=refresh_token&refresh_token=" + encoded(known.text()));
            if (answer.status() == OK) {
                return server.body(answer);
            }
        }
        ServerAnswer answer = post("grant_type=" + encoded("urn:ietf:params:oauth:grant-type:jwt-bearer")
                + "&assertion=" + encoded(credentials.jwt()));
        if (answer.status() == OK) {
            return server.body(answer);
        }
        throw Refusals.ofSignIn(answer.status(), answer.body(), answer.retryAfter());
    }

    private Token take(JsonNode answer) {
        String text = Refusals.kept(answer.path("access_token"), LONGEST);
        // What fits into a header.
        if (!text.matches("[!-~]+")) {
            throw Refusals.unreadable("The server");
        }
        Token taken = new Token(text, renewAt(answer.path("expires_in").asLong(DEFAULT_LIFE_S)));
        access = taken;
        String scope = Refusals.kept(answer.path("scope"), LONGEST).strip();
        permissions = scope.isEmpty() ? Set.of() : Set.copyOf(List.of(scope.split("\\s+")));
        if (answer.hasNonNull("refresh_token")) {
            refresh = new Token(
                    Refusals.kept(answer.path("refresh_token"), LONGEST),
                    renewAt(answer.path("refresh_token_expires_in").asLong(DEFAULT_LIFE_S)));
        }
        return taken;
    }

    private Instant renewAt(long lifeSeconds) {
        long life = Math.max(SHORTEST_LIFE_S, Math.min(LONGEST_LIFE_S, lifeSeconds));
        return clock.instant().plus(Duration.ofSeconds(life - life / SHARE_LEFT));
    }

    private ServerAnswer post(String form) throws InterruptedException {
        String app = credentials.clientId() + ":" + credentials.clientSecret();
        String basic = "Basic " + Base64.getEncoder().encodeToString(app.getBytes(StandardCharsets.UTF_8));
        return server.send(server.request("POST", PATH, basic)
                .body(new StringRequestContent("application/x-www-form-urlencoded", form)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.jspecify.annotations.Nullable;

/**
 * RingCentral for one app and user. Signs in when it must, sends again what can succeed later, and sends nothing in a penalty.
 * Thread-safe.
 */
public final class Client {

    private static final int UNAUTHORIZED = 401;

    private final Server server;
    private final Tokens tokens;
    private final Penalty penalty;

    /** One that signs in for itself. */
    public Client(Server server, Credentials credentials, InstantSource clock) {
        this(server, new Tokens(server, credentials, clock), new Penalty());
    }

    Client(Server server, Tokens tokens, Penalty penalty) {
        this.server = server;
        this.tokens = tokens;
        this.penalty = penalty;
    }

    /**
     * Signs in, to see whether it is possible.
     *
     * @throws RingCentralException if it is not
     */
    public void signIn() {
        insist(tokens::get);
    }

    /**
     * The permissions of the app, as the last sign-in named them in {@code scope}; empty if it named none (RingCentral's page
     * "JWT auth flow").
     */
    public Set<String> permissions() {
        return tokens.permissions();
    }

    /**
     * The account of the user, as RingCentral numbers it.
     *
     * @throws RingCentralException if it cannot be asked, such as without the permission ReadAccounts
     */
    public String accountId() {
        String id = call("GET", "/restapi/v1.0/account/~", null).path("id").asText("");
        if (id.isEmpty()) {
            throw Refusals.unreadable("The server");
        }
        return id;
    }

    /** Where the WebSocket gateway is now, with a token for one connection. */
    public URI gateway() {
        JsonNode answer = call("POST", "/restapi/oauth/wstoken", null);
        String uri = answer.path("uri").asText("");
        String token = answer.path("ws_access_token").asText("");
        if (!uri.matches("wss?://[^?#\\s]+") || !token.matches("[A-Za-z0-9._~+/=-]+")) {
            throw Refusals.unreadable("The server");
        }
        try {
            return URI.create(uri + "?access_token=" + token.replace("+", "%2B"));
        } catch (IllegalArgumentException e) { // its message has the token
            throw Refusals.unreadable("The server");
        }
    }

    /** The subscriptions of the user and the app. */
    public Subscriptions subscriptions() {
        return new Subscriptions(this);
    }

    /**
     * The answer to a request.
     *
     * @param path with {@code /restapi}
     * @throws RingCentralException if it fails for good, or too often
     */
    JsonNode call(String method, String path, @Nullable JsonNode body) {
        return ask(method, path, body).body();
    }

    /** Asks for a subscription with the filters of these events, too. */
    @FunctionalInterface
    public interface Attempt<T, E extends Exception> {
        T with(FurtherEvents events) throws E;
    }

    /**
     * Asks with the filters that the app may have, as the last sign-in said. If RingCentral refuses, asks again without what it
     * names, else without the last kind, until none is left.
     */
    public <T, E extends Exception> T withFurther(FurtherEvents wanted, Attempt<T, E> attempt) throws E {
        FurtherEvents events = permitted(wanted);
        while (!events.kinds().isEmpty()) {
            try {
                return attempt.with(events);
            } catch (RingCentralException e) {
                if (e.trouble() != RingCentralException.Trouble.PERMISSION
                        && e.trouble() != RingCentralException.Trouble.REQUEST) {
                    throw e;
                }
                events = events.without(refused(events, String.valueOf(e.getMessage())));
            }
        }
        return attempt.with(FurtherEvents.NONE);
    }

    /** Those that the app may have, as the last sign-in said. */
    FurtherEvents permitted(FurtherEvents wanted) {
        return wanted.within(permissions());
    }

    private static FurtherEvents.Kind refused(FurtherEvents events, String sentence) {
        FurtherEvents.Kind last = FurtherEvents.Kind.NAMES;
        for (FurtherEvents.Kind kind : FurtherEvents.Kind.values()) {
            if (events.has(kind) && sentence.contains(kind.permission())) {
                return kind;
            }
            last = events.has(kind) ? kind : last;
        }
        return last;
    }

    /** The company directory of an account of the user. */
    public CompanyDirectory directory(String account) {
        return new CompanyDirectory(this, account);
    }

    /** The recordings of an account of the user. */
    public Recordings recordings(String account) {
        return new Recordings(this, account);
    }

    /**
     * The same with what RingCentral says about further requests.
     *
     * @throws RingCentralException if it fails for good, or too often
     */
    public Answer ask(String method, String path, @Nullable JsonNode body) {
        return insist(() -> {
            String token = tokens.get();
            ServerAnswer answer = send(method, path, body, token);
            if (answer.status() == UNAUTHORIZED) {
                // Revoked before its time, such as by a change of the password.
                tokens.drop(token);
                answer = send(method, path, body, tokens.get());
            }
            if (answer.isSuccess()) {
                return new Answer(server.body(answer), Usage.of(answer.headers()));
            }
            throw Refusals.of(answer.status(), answer.body(), answer.retryAfter());
        });
    }

    /**
     * What RingCentral answered.
     *
     * @param usage null if the server does not say it
     */
    public record Answer(JsonNode body, @Nullable Usage usage) {}

    private ServerAnswer send(String method, String path, @Nullable JsonNode body, String token)
            throws InterruptedException {
        Request request = server.request(method, path, "Bearer " + token);
        return server.send(
                body == null ? request : request.body(new StringRequestContent("application/json", body.toString())));
    }

    private <T> T insist(dev.failsafe.function.CheckedSupplier<T> attempt) {
        return server.patience().insist(() -> {
            penalty.await(server.patience().mostAsked());
            try {
                return attempt.get();
            } catch (RingCentralException e) {
                if (e.trouble() == RingCentralException.Trouble.RATE && e.retryAfter() != null) {
                    penalty.begin(e.retryAfter());
                }
                throw e;
            }
        });
    }
}

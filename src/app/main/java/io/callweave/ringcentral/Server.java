package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.ringcentral.RingCentralException.Trouble;
import io.callweave.runtime.http.BoundedContext;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * One of RingCentral's API servers: production, the sandbox, or that of a partner brand. Thread-safe; one serves all accounts.
 */
public final class Server {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** From the request to the last byte of its answer; that of Java ends with the head of the answer. */
    private static final Duration WHOLE_TIMEOUT = Duration.ofSeconds(60);

    private final URI base;
    private final Patience patience;
    private final Duration wholeTimeout;
    private final HttpClient http;
    private final Map<Credentials, SignIn> signIns;

    /** What requests of the same app and user share: RingCentral limits sign-ins, and a request in a penalty prolongs it. */
    private record SignIn(Tokens tokens, Penalty penalty) {}

    /** @param base without a path */
    public Server(URI base, Patience patience) {
        this(base, patience, WHOLE_TIMEOUT);
    }

    Server(URI base, Patience patience, Duration wholeTimeout) {
        this(
                base,
                patience,
                wholeTimeout,
                HttpClient.newBuilder()
                        .version(
                                HttpClient.Version.HTTP_1_1) // over HTTP/2 the client takes 16 MiB before anybody reads
                        .sslContext(BoundedContext.ofDefault())
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER) // a redirection could carry a token elsewhere
                        .build(),
                new ConcurrentHashMap<>());
    }

    private Server(
            URI base, Patience patience, Duration wholeTimeout, HttpClient http, Map<Credentials, SignIn> signIns) {
        this.base = base;
        this.patience = patience;
        this.wholeTimeout = wholeTimeout;
        this.http = http;
        this.signIns = signIns;
    }

    /** The same server and sign-ins, for requests that are repeated in another way. */
    public Server with(Patience other) {
        return new Server(base, other, wholeTimeout, http, signIns);
    }

    /** A client that shares its sign-in with all others of these credentials that come from here. */
    public Client client(Credentials credentials, InstantSource clock) {
        SignIn signIn =
                signIns.computeIfAbsent(credentials, each -> new SignIn(new Tokens(this, each, clock), new Penalty()));
        return new Client(this, signIn.tokens(), signIn.penalty());
    }

    /** For PubNub too. */
    public HttpClient http() {
        return http;
    }

    public Patience patience() {
        return patience;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER_TIMEOUT)
                .header("Accept", "application/json");
    }

    /** @throws RingCentralException if there is no answer, or one that is too long */
    ServerAnswer send(HttpRequest request) throws InterruptedException {
        CompletableFuture<ServerAnswer> answer = AnswerReader.OF_RINGCENTRAL.ask(http, request, null);
        try {
            return answer.get(wholeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RingCentralException tooLong) {
                throw tooLong;
            }
            throw unreachable(inWords(Objects.requireNonNullElse(e.getCause(), e)), e);
        } catch (TimeoutException e) {
            throw unreachable("its answer did not end in time", e);
        } finally {
            answer.cancel(true);
        }
    }

    private RingCentralException unreachable(String why, Exception cause) {
        return new RingCentralException(
                Trouble.UNAVAILABLE, "RingCentral cannot be reached at " + base + ": " + why + ".", null, cause);
    }

    /** The body of a success. */
    JsonNode body(ServerAnswer answer) {
        if (answer.body().isMissingNode()) {
            throw Refusals.unreadable(base.toString());
        }
        return answer.body();
    }

    private static String inWords(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException || failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return "the connection is refused, or the name is unknown";
        }
        return failure instanceof SSLException
                ? "the TLS certificate is not accepted"
                : failure.getClass().getSimpleName();
    }
}

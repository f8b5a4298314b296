package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.ringcentral.RingCentralException.Trouble;
import io.callweave.runtime.http.BoundedTls;
import io.callweave.runtime.http.InterimAnswers;
import io.callweave.runtime.http.OutgoingHttp;
import io.callweave.runtime.http.TlsFailure;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One of RingCentral's API servers: production, the sandbox, or that of a partner brand. Thread-safe; one serves all accounts.
 */
public final class Server {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Until an answer begins; it may take as long again. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** Shorter than servers and proxies keep theirs: a request on a connection that ends at that moment fails. */
    private static final Duration IDLE_CONNECTION = Duration.ofMillis(1_500);

    private final URI base;
    private final Patience patience;
    private final Duration answerTimeout;
    private final HttpClient http;
    private final Map<Credentials, SignIn> signIns;

    /** What requests of the same app and user share: RingCentral limits sign-ins, and a request in a penalty prolongs it. */
    private record SignIn(Tokens tokens, Penalty penalty) {}

    /** @param base without a path */
    public Server(URI base, Patience patience) {
        this(base, patience, ANSWER_TIMEOUT);
    }

    Server(URI base, Patience patience, Duration answerTimeout) {
        this(base, patience, answerTimeout, started(), new ConcurrentHashMap<>());
    }

    private static HttpClient started() {
        Scheduler timeouts = new ScheduledExecutorScheduler("ringcentral-timeouts", true);
        return OutgoingHttp.startAsJdk(
                new BoundedTls(),
                AnswerReader.THREADS,
                timeouts,
                new SocketAddressResolver.Async(AnswerReader.THREADS, timeouts, CONNECT_TIMEOUT.toMillis()),
                CONNECT_TIMEOUT,
                IDLE_CONNECTION,
                new InterimAnswers());
    }

    private Server(
            URI base, Patience patience, Duration answerTimeout, HttpClient http, Map<Credentials, SignIn> signIns) {
        this.base = base;
        this.patience = patience;
        this.answerTimeout = answerTimeout;
        this.http = http;
        this.signIns = signIns;
    }

    /** The same server and sign-ins, for requests that are repeated in another way. */
    public Server with(Patience other) {
        return new Server(base, other, answerTimeout, http, signIns);
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

    Request request(String method, String path, String authorization) {
        return http.newRequest(base.resolve(path))
                .method(method)
                .headers(fields ->
                        fields.put(HttpHeader.ACCEPT, "application/json").put(HttpHeader.AUTHORIZATION, authorization));
    }

    /** @throws RingCentralException if there is no answer, or one that is too long */
    ServerAnswer send(Request request) throws InterruptedException {
        CompletableFuture<ServerAnswer> answer = AnswerReader.OF_RINGCENTRAL.ask(request, answerTimeout, null);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RingCentralException tooLong) {
                throw tooLong;
            }
            throw unreachable(inWords(Objects.requireNonNullElse(e.getCause(), e)), e);
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
        if (failure instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof TimeoutException) {
            return "its answer did not end in time";
        }
        if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
            return "the connection is refused, or the name is unknown";
        }
        return failure instanceof SSLException ofTls
                ? TlsFailure.inWords(ofTls)
                : failure.getClass().getSimpleName();
    }
}

package io.callweave.deliver.post;

import io.callweave.deliver.Outcome;
import io.callweave.deliver.address.AddressGuard;
import io.callweave.runtime.http.BoundedTls;
import io.callweave.runtime.http.InterimAnswers;
import io.callweave.runtime.http.LongAnswerException;
import io.callweave.runtime.http.OutgoingHttp;
import io.callweave.runtime.http.TlsFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Posts to endpoints over HTTP/1.1, without blocking. Certificates are verified, redirects are not followed, cookies are not kept.
 * Each connection goes to an address that the {@link AddressGuard} permits; one without TLS to one that the operator named.
 */
public final class EndpointClient implements AutoCloseable {

    private static final int THREADS = 8;

    /** That begin posts; the others hear of answers, also of endpoints that answer at once. */
    private static final int BEGINNING = 4;

    /** A slow endpoint keeps a body for as long as a post may take. */
    private static final long MOST_BYTES_OF_ACCOUNT = 16 << 20;

    private static final int PART_OF_HEAP = 8;

    /**
     * Shorter than servers keep theirs (often 2 to 75 seconds): a post on a connection that the server closes at that moment
     * fails, and is repeated only when its next attempt is due.
     */
    private static final Duration IDLE_CONNECTION = Duration.ofMillis(1_500);

    /** Nobody looks at them; but an endpoint that sends as fast as it can keeps a thread. */
    private static final int MOST_BODY_BYTES = 1 << 20;

    /** What a part counts as at least: chunks of a byte keep a thread for much longer than as many bytes at once. */
    private static final int LEAST_PART_BYTES = 1 << 10;

    private final PostLimits limits;
    private final QueuedThreadPool threads;
    private final QueuedThreadPool beginning;
    private final AccountTurns turns;
    private final AccountMemory memory =
            new AccountMemory(MOST_BYTES_OF_ACCOUNT, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    private final AccountTurns hearing;
    private final QueuedThreadPool lookups;
    private final Scheduler timeouts = new ScheduledExecutorScheduler("deliver-timeouts", true);
    private final HttpClient secure;
    private final HttpClient plain;

    /** Starts it. */
    public EndpointClient(PostLimits limits, AddressGuard guard) {
        this(
                limits,
                guard,
                (lookups, timeouts) ->
                        new SharedLookups(lookups, timeouts, limits.connectTimeout(), InetAddress::getAllByName));
    }

    /** @param resolver finds addresses, with threads for lookups and a scheduler of their timeouts */
    EndpointClient(
            PostLimits limits, AddressGuard guard, BiFunction<Executor, Scheduler, SocketAddressResolver> resolver) {
        this.limits = limits;
        threads = OutgoingHttp.daemons(THREADS, "deliver-post");
        beginning = OutgoingHttp.daemons(BEGINNING, "deliver-begin");
        turns = new AccountTurns(beginning, BEGINNING);
        hearing = new AccountTurns(
                threads, Math.min(THREADS / 2, Runtime.getRuntime().availableProcessors()));
        lookups = OutgoingHttp.daemons(SharedLookups.MOST, "deliver-lookup");
        try {
            threads.start();
            beginning.start();
            lookups.start();
            timeouts.start();
            SocketAddressResolver names = resolver.apply(lookups, timeouts);
            secure = started(
                    names,
                    guard::permits,
                    "the address is not public, and deliver.allowed-networks has no such network");
            plain = started(
                    names,
                    guard::isAllowed,
                    "without TLS, the address must be in a network of deliver.allowed-networks");
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client does not start.", e);
        }
    }

    private HttpClient started(SocketAddressResolver names, Predicate<InetAddress> permitted, String refusal)
            throws Exception {
        BoundedTls connector = new BoundedTls() {
            @Override
            public ClientConnectionFactory newSslClientConnectionFactory(
                    SslContextFactory.Client tls, ClientConnectionFactory next) {
                return new TlsInTurns(tls, getByteBufferPool(), getExecutor(), next, hearing);
            }
        };
        return OutgoingHttp.start(
                connector,
                threads,
                timeouts,
                new GuardedResolver(names, permitted, refusal),
                limits.connectTimeout(),
                IDLE_CONNECTION,
                new InterimAnswers(),
                new ProxyConfiguration());
    }

    /** What the values and bodies of accounts take. */
    AccountMemory memory() {
        return memory;
    }

    /** Runs what begins a post of an account. The accounts take turns. */
    public void execute(String account, Runnable work) {
        turns.execute(account, work);
    }

    /**
     * Posts once.
     *
     * @param account whose webhook it is: none takes all lookups of names
     * @param headers of the webhook
     * @param ended hears how it ended, on a thread of this client
     */
    public void post(
            String account, URI url, Map<String, String> headers, List<ByteBuffer> body, Consumer<Outcome> ended) {
        HttpClient client = "https".equalsIgnoreCase(url.getScheme()) ? secure : plain;
        long start = System.nanoTime();
        AtomicInteger left = new AtomicInteger(MOST_BODY_BYTES);
        long bytes = body.stream().mapToLong(ByteBuffer::remaining).sum();
        memory.hold(account, bytes);
        Consumer<Outcome> dropped = outcome -> {
            try {
                ended.accept(outcome);
            } finally {
                memory.drop(account, bytes);
            }
        };
        try {
            client.POST(url)
                    .tag(account)
                    .timeout(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    // Else the time of an idle connection would apply to the wait for the answer, too.
                    .idleTimeout(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .headers(fields -> headers.forEach(fields::put))
                    .body(new ByteBufferRequestContent("application/json", body.toArray(ByteBuffer[]::new)))
                    .onResponseContent((answer, part) -> {
                        if (left.addAndGet(-Math.max(part.remaining(), LEAST_PART_BYTES)) < 0) {
                            var unused = answer.abort(new LongAnswerException());
                        }
                    })
                    .send(result -> dropped.accept(outcome(result, Duration.ofNanos(System.nanoTime() - start))));
        } catch (RuntimeException e) {
            dropped.accept(Outcome.failed("cannot be posted: " + e.getClass().getSimpleName(), Duration.ZERO));
        }
    }

    private static Outcome outcome(Result result, Duration took) {
        Throwable failure = result.getFailure();
        if (failure != null) {
            return Outcome.failed(inWords(failure), took);
        }
        return Outcome.answered(
                result.getResponse().getStatus(),
                result.getResponse().getHeaders().get(HttpHeader.RETRY_AFTER),
                Instant.now(),
                took);
    }

    private static String inWords(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof RefusedAddressException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof UnknownHostException) {
            return "the host is not known";
        }
        if (failure instanceof HttpResponseException) {
            return "the answer is not HTTP";
        }
        if (failure instanceof LongAnswerException) {
            return "the answer is too long";
        }
        if (failure instanceof SSLException ofTls) {
            return TlsFailure.inWords(ofTls);
        }
        return (failure instanceof IOException ? "connection failed: " : "failed: ")
                + failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        try {
            secure.stop();
            plain.stop();
            timeouts.stop();
            lookups.stop();
            beginning.stop();
            threads.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client does not stop.", e);
        }
    }
}

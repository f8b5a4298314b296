package io.callweave.runtime.http;

import io.javalin.http.HttpResponseException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Hands on a request when its body is whole. Until then no thread waits for it: hundreds of clients that each send a byte
 * from time to time would else take all threads. What is wrong with a body is an attribute of the request, so that it is
 * answered after the token was asked for.
 */
final class WholeBodies extends Handler.Wrapper {

    /** A subscription with thousands of extensions has about this size. */
    static final int MOST_BYTES = 65_536;

    /** The attribute of a request that has a refusal, if anything is wrong with its body. */
    static final String FAULT = WholeBodies.class.getName();

    private static final Refusal TOO_LARGE =
            new Refusal(413, "tooLarge", "A body has at most " + MOST_BYTES + " bytes.");
    private static final Refusal TOO_SLOW =
            new Refusal(408, "tooSlow", "The body of the request did not come in time.");

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** What is refused anyway is read only so that its sender sees the answer, and not for long. */
    private static final Duration LONGEST_REFUSED = Duration.ofSeconds(1);

    /** A whole body of each connection fits into half of it, so that no client's bodies keep out those of another. */
    private final MemoryBudget budget = new MemoryBudget(2L * MOST_BYTES * HttpLimits.OF_ROUTES.maxConnections());

    private final Predicate<Optional<String>> isKnown;

    /** @param isKnown whether a request with this access token can be let in; the connections of others end with the answer */
    WholeBodies(Handler handler, Predicate<Optional<String>> isKnown) {
        super(handler);
        this.isKnown = isKnown;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean known = isKnown.test(ApiAnswers.bearer(request.getHeaders().get(HttpHeader.AUTHORIZATION)));
        if (!known) {
            // One that asks again and again, and reads no answer, would keep a thread as soon as the socket is full.
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        if (!hasBody(request)) {
            return super.handle(request, response, callback);
        }
        new Arrival(request, response, callback).begin(known ? LONGEST : LONGEST_REFUSED);
        return true;
    }

    static boolean hasBody(Request request) {
        return request.getLength() > 0
                || (request.getLength() < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    private record Refusal(int status, String code, String message) {

        HttpResponseException get() {
            return new HttpResponseException(status, message, Map.of(ApiAnswers.CODE, code));
        }
    }

    /** One body, whichever of its end, its size and its time decides it first. */
    private final class Arrival implements BodyReader.Listener {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private final BodyReader reader;
        private final AtomicBoolean decided = new AtomicBoolean();
        private volatile Scheduler.Task timeout = () -> false;

        Arrival(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            reader = new BodyReader(request, true, MOST_BYTES, budget, this, this);
        }

        void begin(Duration longest) {
            timeout = request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> handOn(new byte[0], reader.isTooLarge() ? TOO_LARGE : TOO_SLOW),
                            longest.toMillis(),
                            TimeUnit.MILLISECONDS);
            reader.read();
        }

        @Override
        public void complete(byte[] body, long bytes) {
            handOn(body, null);
        }

        @Override
        public void tooLarge() {
            handOn(new byte[0], TOO_LARGE);
        }

        /** Cannot be, by the size of the budget. */
        @Override
        public void noMemory() {
            tooLarge();
        }

        @Override
        public void failed() {
            if (decided.compareAndSet(false, true)) {
                timeout.cancel();
                reader.close();
                reader.finish(() -> callback.failed(new ClientLeft()));
            }
        }

        private void handOn(byte[] body, @Nullable Refusal fault) {
            if (!decided.compareAndSet(false, true)) {
                return;
            }
            timeout.cancel();
            request.setAttribute(FAULT, fault == null ? null : fault.get());
            // The thread that reads goes on to read from other clients.
            reader.finish(() -> request.getComponents().getExecutor().execute(() -> answer(body)));
        }

        private void answer(byte[] body) {
            Callback answered = Callback.from(callback, reader::close);
            try {
                if (!WholeBodies.super.handle(new WithBody(request, body), response, answered)) {
                    Response.writeError(request, response, answered, HttpStatus.NOT_FOUND_404);
                }
            } catch (Exception e) { // Handler#handle declares it
                Response.writeError(request, response, answered, e);
            }
        }
    }

    private static final class WithBody extends Request.Wrapper {

        private final Content.Source body;

        WithBody(Request request, byte[] body) {
            super(request);
            this.body = new ByteBufferContentSource(ByteBuffer.wrap(body));
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable readable) {
            body.demand(readable);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}

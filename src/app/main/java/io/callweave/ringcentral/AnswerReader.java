package io.callweave.ringcentral;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of a server as far as there is room for them. Of answers that are long, one is read at a time, and the others
 * wait: so the memory that they need has a bound, whatever the server sends, and however many accounts ask.
 */
public final class AnswerReader {

    /** Nearly all answers are shorter. Of an error nothing beyond it is looked at. */
    private static final int SHORT = 64 << 10;

    /**
     * A page of the Call Log with a thousand calls has some 5 MB, and 25 MB where each call rings thirty telephones. As a tree it
     * needs up to nine times as much; one can be read while the one before it is used.
     */
    static final long MOST_BYTES = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 32);

    public static final AnswerReader OF_RINGCENTRAL = new AnswerReader(MOST_BYTES / 8);

    /** It has its own turn, else a slow PubNub would hold up what RingCentral answers. What is not encrypted has many tokens. */
    public static final AnswerReader OF_PUBNUB = new AnswerReader(Math.min(200_000, MOST_BYTES / 8));

    /** Nobody interrupts them. They look up names, too, which can take long. */
    static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "answer-reader");
        thread.setDaemon(true);
        return thread;
    });

    /** Each is an object in memory, however short it is. */
    private final long mostTokens;

    private final ObjectMapper json;
    private final Semaphore turn = new Semaphore(1, true);

    private AnswerReader(long mostTokens) {
        this.mostTokens = mostTokens;
        json = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxTokenCount(mostTokens)
                        .build())
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .build());
    }

    /** The request was sent, and no answer began in time. */
    public static final class NoAnswerException extends SocketTimeoutException {

        private static final long serialVersionUID = 1;
    }

    /**
     * Sends a request. The answer ends, and its connection with it, when the caller cancels it.
     *
     * @param patience until the answer begins; it may take as long again until its end
     * @param room which a long answer takes before the next one is read; null if it is not kept for long
     * @return fails with a {@link RingCentralException} if the answer is too long, with a {@link NoAnswerException}, with a
     *     {@link TimeoutException} if the answer does not end in time, and with the exceptions of the HTTP client
     */
    public CompletableFuture<ServerAnswer> ask(Request request, Duration patience, @Nullable AnswerRoom room) {
        long millis = patience.toMillis();
        AtomicBoolean isSent = new AtomicBoolean();
        CompletableFuture<Response> begun = new CompletableFuture<>();
        InputStreamResponseListener listener = new InputStreamResponseListener() {
            @Override
            public void onHeaders(Response head) {
                super.onHeaders(head);
                begun.complete(head);
            }

            @Override
            public void onComplete(Result result) {
                super.onComplete(result);
                if (result.isFailed()) {
                    begun.completeExceptionally(result.getFailure());
                }
            }
        };
        // It waits for its turn without a byte, too.
        request.idleTimeout(3 * millis, TimeUnit.MILLISECONDS)
                .timeout(3 * millis, TimeUnit.MILLISECONDS)
                .onRequestSuccess(sent -> isSent.set(true))
                .send(listener);
        CompletableFuture<ServerAnswer> answer = begun.orTimeout(millis, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw new CompletionException(inTime(failure, isSent.get()));
                })
                .thenApplyAsync(head -> read(head, listener.getInputStream(), room), THREADS)
                .orTimeout(2 * millis, TimeUnit.MILLISECONDS);
        var unused = answer.whenComplete((read, failure) -> {
            if (failure != null) {
                var unusedAbort = request.abort(failure);
            }
        });
        return answer;
    }

    private static Throwable inTime(Throwable failure, boolean isSent) {
        if (!(failure instanceof TimeoutException)) {
            return failure;
        }
        return isSent ? new NoAnswerException() : new SocketTimeoutException();
    }

    private ServerAnswer read(Response head, InputStream content, @Nullable AnswerRoom room) {
        URI uri = head.getRequest().getURI();
        String from = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        try (Bounded body = new Bounded(content, ServerAnswer.isSuccess(head.getStatus()), from)) {
            ServerAnswer answer = new ServerAnswer(head.getStatus(), head.getHeaders(), json(body, from));
            body.takeRoom(room);
            return answer;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private JsonNode json(InputStream body, String from) throws IOException {
        try {
            JsonNode tree = json.readTree(body);
            body.transferTo(OutputStream.nullOutputStream()); // else the connection is not used again
            return tree.isMissingNode() ? json.createObjectNode() : tree;
        } catch (StreamConstraintsException e) {
            throw tooLong(
                    from,
                    String.format(
                            Locale.ROOT,
                            "has more than %,d JSON tokens, or one that is too long or nested too deep",
                            mostTokens));
        } catch (JsonProcessingException notJson) {
            return json.missingNode();
        }
    }

    private static RingCentralException tooLong(String from, String what) {
        return RingCentralException.tooMuch("The answer of " + from + " " + what
                + ": check the address, and a proxy if there is one; an account with very much needs more Java heap.");
    }

    /** A body up to the most bytes; that of an error ends before. */
    private final class Bounded extends FilterInputStream {

        private final boolean success;
        private final String from;
        private long bytes;
        private boolean alone;

        private Bounded(InputStream body, boolean success, String from) {
            super(body);
            this.success = success;
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (bytes >= SHORT) {
                if (!success) {
                    return -1;
                }
                if (!alone) {
                    turn.acquireUninterruptibly();
                    alone = true;
                }
            }
            int read = super.read(into, offset, length);
            bytes += Math.max(0, read);
            if (bytes > MOST_BYTES) {
                throw tooLong(from, String.format(Locale.ROOT, "is longer than %,d bytes", MOST_BYTES));
            }
            return read;
        }

        private void takeRoom(@Nullable AnswerRoom room) {
            if (alone && room != null) {
                room.take((int) bytes);
            }
        }

        @Override
        public void close() throws IOException {
            if (alone) {
                alone = false;
                turn.release();
            }
            super.close();
        }
    }
}

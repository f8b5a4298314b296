package io.callweave.bridge.webhook;

import io.callweave.bridge.account.Account;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One request and its one answer, whichever of body, safekeeping and time decides it first. */
final class Exchange implements BodyReader.Listener {

    private static final String JSON = "application/json";
    private static final String VALIDATION_TOKEN = "Validation-Token";

    private final WebhookHandler.Parts parts;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Head head;
    private final HeadCheck.Verdict verdict;
    private final long begun = System.nanoTime();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final BodyReader reader;
    /** Who has it first, the whole body or the end of its time, decides whether the body is looked at. */
    private final AtomicBoolean bodyClosed = new AtomicBoolean();

    private volatile @Nullable CompletableFuture<Answer> atTheDesk;
    private volatile Scheduler.@Nullable Task timeout;

    Exchange(WebhookHandler.Parts parts, Request request, Response response, Callback callback, Head head) {
        this.parts = parts;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.head = head;
        verdict = parts.check().check(head, parts.accounts().get());
        reader = new BodyReader(
                request, verdict.refusal() == null, parts.limits().maxBytes(), parts.budget(), this);
    }

    void begin() {
        Answer refusal = verdict.refusal();
        // Whoever waits for leave to send a body gets none.
        if (refusal != null && (head.declaredBytes() == 0 || expectsContinue()) && !head.mayAskForValidation()) {
            answer(refusal);
            return;
        }
        timeout = request.getComponents()
                .getScheduler()
                .schedule(this::timedOut, parts.limits().answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        reader.read();
    }

    @Override
    public void complete(byte[] body, long bytes) {
        if (!bodyClosed.compareAndSet(false, true)) {
            return;
        }
        Account account = verdict.account();
        Answer refusal = verdict.refusal();
        if (account != null && bytes == 0 && head.mayAskForValidation()) {
            answer(HeadCheck.validation(head));
        } else if (refusal != null) {
            answer(refusal);
        } else if (account != null) {
            CompletableFuture<Answer> desk = parts.desk().accept(account, body);
            atTheDesk = desk;
            if (answered.get()) {
                desk.cancel(false);
            }
            // Not on the thread of safekeeping: the next notification waits for that one.
            var unused =
                    desk.thenAcceptAsync(this::answer, request.getComponents().getExecutor());
        }
    }

    @Override
    public void tooLarge() {
        answer(Answer.TOO_LARGE);
    }

    @Override
    public void noMemory() {
        answer(Answer.BUSY);
    }

    @Override
    public void failed() {
        if (answered.compareAndSet(false, true)) {
            end();
            parts.activity().disconnected();
            callback.failed(new SenderLeft());
        }
    }

    private void timedOut() {
        if (bodyClosed.compareAndSet(false, true)) {
            answer(withoutBody());
            return;
        }
        answer(Answer.NOT_IN_TIME);
        CompletableFuture<Answer> desk = atTheDesk;
        if (desk != null) {
            desk.cancel(false);
        }
    }

    /** What was wrong before counts, not that the body is slow besides. */
    private Answer withoutBody() {
        Answer refusal = verdict.refusal();
        return refusal != null ? refusal : reader.isTooLarge() ? Answer.TOO_LARGE : Answer.SLOW_BODY;
    }

    private boolean expectsContinue() {
        return request.getHeaders().contains(HttpHeader.EXPECT);
    }

    private void answer(Answer answer) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        end();
        parts.activity().answered(verdict.account(), answer, System.nanoTime() - begun);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        byte[] body = new byte[0];
        String echo = head.validationToken();
        if (answer == Answer.VALIDATED && echo != null) {
            response.getHeaders().put(VALIDATION_TOKEN, echo);
        } else {
            body = body(answer);
        }
        if (answer == Answer.WRONG_METHOD) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
        }
        if (answer == Answer.TOO_MANY || answer.status() == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        if (head.declaredBytes() != 0 && !reader.isOver()) { // what still comes is not the next request
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    static byte[] body(Answer answer) {
        return ("{\"" + (answer.isOk() ? "status" : "error") + "\":\"" + answer.wireName() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Anybody can do it, as often as he likes: nothing for the log. */
    private static final class SenderLeft extends HttpException.RuntimeException implements QuietException {

        private static final long serialVersionUID = 1L;

        private SenderLeft() {
            super(HttpStatus.BAD_REQUEST_400, "The sender left, or sent no body.");
        }
    }

    private void end() {
        Scheduler.Task task = timeout;
        if (task != null) {
            task.cancel();
        }
        reader.close();
    }
}

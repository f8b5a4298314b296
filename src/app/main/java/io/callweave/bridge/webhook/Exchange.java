package io.callweave.bridge.webhook;

import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.activity.Answer;
import io.callweave.runtime.http.BodyReader;
import io.callweave.runtime.http.ClientLeft;
import io.callweave.runtime.http.HttpListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One request and its one answer, whichever of body, safekeeping and time decides it first. */
final class Exchange implements BodyReader.Listener {

    private static final String TRANSPORT = "webhook";
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

    private volatile @Nullable CompletableFuture<IntakeOutcome> atTheIntake;
    private volatile Scheduler.@Nullable Task timeout;

    Exchange(WebhookHandler.Parts parts, Request request, Response response, Callback callback, Head head) {
        this.parts = parts;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.head = head;
        verdict = parts.check().check(head, parts.services().accounts().get());
        Account account = verdict.account();
        reader = new BodyReader(
                request,
                verdict.refusal() == null,
                parts.limits().maxBytes(),
                parts.budget(),
                account == null ? this : account.id(), // what is nobody's is not kept
                this);
    }

    void begin() {
        Answer refusal = verdict.refusal();
        // A sender that waits for permission to send a body gets none.
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
            parts.check().read(account, body.length);
            CompletableFuture<IntakeOutcome> intake = accept(account, body);
            atTheIntake = intake;
            if (answered.get()) {
                intake.cancel(false);
            }
            // Not on the thread of safekeeping: the next notification waits for that one.
            var unused =
                    intake.thenAcceptAsync(this::answer, request.getComponents().getExecutor());
        }
    }

    private CompletableFuture<IntakeOutcome> accept(Account account, byte[] body) {
        long now = parts.services().clock().millis();
        Receipt receipt = new Receipt(TRANSPORT, now, TRANSPORT + ":" + account.id());
        return parts.services().intake().accept(Owner.of(account), body, receipt);
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
            parts.services().activity().disconnected();
            reader.finish(() -> callback.failed(new ClientLeft()));
        }
    }

    private void timedOut() {
        if (bodyClosed.compareAndSet(false, true)) {
            answer(withoutBody());
            return;
        }
        answer(Answer.NOT_IN_TIME);
        CompletableFuture<IntakeOutcome> intake = atTheIntake;
        if (intake != null) {
            intake.cancel(false);
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

    /** The intake decided, and has counted it. */
    private void answer(IntakeOutcome outcome) {
        if (isFirst()) {
            send(Answer.of(outcome));
        }
    }

    private void answer(Answer answer) {
        if (isFirst()) {
            parts.services().activity().answered(verdict.account(), answer);
            send(answer);
        }
    }

    private boolean isFirst() {
        boolean first = answered.compareAndSet(false, true);
        if (first) {
            end();
            parts.services().metrics().answered(System.nanoTime() - begun);
        }
        return first;
    }

    private void send(Answer answer) {
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
        Account account = verdict.account();
        if (answer.isForKnownSenders() && account != null) {
            HttpListener.vouchFor(request, account.id());
        }
        boolean isPartLeft = head.declaredBytes() != 0 && !reader.isOver(); // what still comes is not the next request
        if (isPartLeft || answer.endsConnection()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(
                true,
                ByteBuffer.wrap(body),
                Callback.from(
                        () -> reader.finish(callback::succeeded),
                        failure -> reader.finish(() -> callback.failed(failure))));
    }

    static byte[] body(Answer answer) {
        return ("{\"" + (answer.isOk() ? "status" : "error") + "\":\"" + answer.wireName() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void end() {
        Scheduler.Task task = timeout;
        if (task != null) {
            task.cancel();
        }
        reader.close();
    }
}

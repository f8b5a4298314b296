package io.callweave.bridge.webhook;

import io.callweave.bridge.RawRecord;
import io.callweave.bridge.RawRecords;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.Safekeeping;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.privacy.Disguise;
import io.callweave.notification.Keying;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.RejectReason;
import io.callweave.notification.Rejection;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the body of a delivery that was let in: tells whose it is, keys it, disguises it, and has it kept. Thread-safe. */
final class WebhookDesk {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDesk.class);
    private static final String TRANSPORT = "webhook";

    private final NotificationKeyer keyer;
    private final RawRecords records;
    private final Disguise disguise;
    private final Safekeeping safekeeping;
    private final BridgeActivity activity;
    private final InstantSource clock;

    WebhookDesk(
            NotificationKeyer keyer,
            RawRecords records,
            Disguise disguise,
            Safekeeping safekeeping,
            BridgeActivity activity,
            InstantSource clock) {
        this.keyer = keyer;
        this.records = records;
        this.disguise = disguise;
        this.safekeeping = safekeeping;
        this.activity = activity;
        this.clock = clock;
    }

    /**
     * Completes with the answer, never exceptionally. Whoever gives up cancels it; then nothing is kept that was not yet.
     *
     * @param body must not be changed afterwards
     */
    CompletableFuture<Answer> accept(Account account, byte[] body) {
        long now = clock.millis();
        Keying keying = keyer.key(body);
        String named = keying.account();
        if (named != null && !named.equals(account.id())) {
            return CompletableFuture.completedFuture(Answer.FOREIGN_ACCOUNT);
        }
        if (keying instanceof Keying.Skipped skipped) {
            activity.skipped(skipped.kind());
            return CompletableFuture.completedFuture(Answer.SKIPPED);
        }
        Receipt receipt = new Receipt(TRANSPORT, now, TRANSPORT + ":" + account.id());
        if (keying instanceof Keying.Keyed session) {
            return publish(account, body, session, receipt);
        }
        return refuse(account, body, ((Keying.Unkeyed) keying).rejection(), receipt);
    }

    private CompletableFuture<Answer> publish(Account account, byte[] body, Keying.Keyed session, Receipt receipt) {
        byte[] value;
        try {
            value = disguise.notification(account, body);
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .setMessage("A notification could not be disguised; only its size is kept.")
                    .addKeyValue("account", account.id())
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log();
            Rejection rejection = new Rejection(RejectReason.INTERNAL_ERROR, "Disguising personal data failed.");
            return refuse(account, body, rejection, receipt);
        }
        RawRecord record = records.notification(value, session, account.id(), receipt);
        Long sent = session.timestamp();
        return keep(record, Answer.PUBLISHED, () -> activity.published(account.id(), receipt.receivedAt(), sent));
    }

    private CompletableFuture<Answer> refuse(Account account, byte[] body, Rejection rejection, Receipt receipt) {
        byte[] value = disguise.unreadable(account, body);
        RawRecord record = records.deadLetter(value, rejection, receipt.source(), receipt.receivedAt());
        return keep(record, Answer.DEAD_LETTERED, () -> activity.deadLettered(rejection.reason()));
    }

    private CompletableFuture<Answer> keep(RawRecord record, Answer kept, Runnable whenKept) {
        CompletableFuture<Safekeeping.Kept> keeping = safekeeping.keep(record);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        var unused = keeping.whenComplete((outcome, failure) -> {
            if (outcome == Safekeeping.Kept.KEPT) {
                whenKept.run();
            } else if (failure != null && !keeping.isCancelled()) { // it promises that there is none
                LOG.atError()
                        .setMessage("Safekeeping failed.")
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log();
            }
            answer.complete(outcome == Safekeeping.Kept.KEPT ? kept : Answer.NO_ROOM);
        });
        return passCancelOn(answer, keeping);
    }

    private static CompletableFuture<Answer> passCancelOn(
            CompletableFuture<Answer> answer, CompletableFuture<Safekeeping.Kept> keeping) {
        var unused = answer.whenComplete((given, failure) -> {
            if (answer.isCancelled()) {
                keeping.cancel(false);
            }
        });
        return answer;
    }
}

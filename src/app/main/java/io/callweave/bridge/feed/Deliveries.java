package io.callweave.bridge.feed;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.account.Account;
import io.callweave.logging.LogPace;
import io.callweave.runtime.http.RateLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications that were received and are not safe yet. What finds no room is tried again until it does, because nobody sends
 * it again. Used by one thread.
 */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int MOST = 1_000;
    private static final long MOST_BYTES = 4L << 20;
    private static final long RETRY_NS = 100_000_000;

    /** There is one feed. */
    private static final String OF = "";

    private final LogPace told;
    private final Intake intake;
    private final Owner owner;
    private final int ratePerSecond;
    private final RateLimit rate;
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private long bytes;

    private static final class Delivery {

        private final byte[] value;
        private final Receipt receipt;
        private CompletableFuture<IntakeOutcome> outcome;
        private long triedNanos = System.nanoTime();

        private Delivery(byte[] value, Receipt receipt, CompletableFuture<IntakeOutcome> outcome) {
            this.value = value;
            this.receipt = receipt;
            this.outcome = outcome;
        }
    }

    /** @param ratePerSecond see {@link Account} */
    public Deliveries(Intake intake, Owner owner, int ratePerSecond) {
        this(intake, owner, ratePerSecond, System::nanoTime);
    }

    /** @param nanoTime paces the log and the feed */
    Deliveries(Intake intake, Owner owner, int ratePerSecond, LongSupplier nanoTime) {
        this.intake = intake;
        this.owner = owner;
        this.ratePerSecond = ratePerSecond;
        rate = new RateLimit(nanoTime);
        told = LogPace.ofMinute(nanoTime);
    }

    /** As it came. */
    public void take(String text, Receipt receipt) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        waiting.add(new Delivery(value, receipt, intake.accept(owner, value, receipt)));
        bytes += value.length;
        rate.charge(OF, 1 + value.length / Account.BYTES_OF_ONE);
        settle();
    }

    /** Removes what is safe, and tries again what found no room. */
    public void settle() {
        waiting.removeIf(delivery -> {
            boolean over = delivery.outcome.isDone() && isOver(delivery);
            bytes -= over ? delivery.value.length : 0;
            return over;
        });
    }

    /** Whether nothing more should be taken now, because enough waits. */
    public boolean isFull() {
        return waiting.size() >= MOST || bytes >= MOST_BYTES;
    }

    /** Whether more came in the last seconds than the account may send. What is pushed cannot wait; what is asked for can. */
    public boolean isTooFast() {
        return !rate.allows(OF, ratePerSecond);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Before this time everything is safe: the receipt of the first that is not, else the given time. */
    public long wholeUntil(long otherwise) {
        Delivery first = waiting.peek();
        return first == null ? otherwise : Math.min(otherwise, first.receipt.receivedAt());
    }

    private boolean isOver(Delivery delivery) {
        IntakeOutcome outcome = delivery.outcome.join();
        if (outcome.isSettled()) {
            return true;
        }
        if (outcome == IntakeOutcome.FOREIGN_ACCOUNT || outcome == IntakeOutcome.TOO_LARGE) {
            told.next()
                    .ifPresent(before -> LOG.atError()
                            .setMessage("A notification is not taken.")
                            .addKeyValue("source", delivery.receipt.source())
                            .addKeyValue("outcome", outcome)
                            .addKeyValue("leftOut", before)
                            .log());
            return true;
        }
        if (System.nanoTime() - delivery.triedNanos > RETRY_NS) {
            delivery.triedNanos = System.nanoTime();
            delivery.outcome = intake.accept(owner, delivery.value, delivery.receipt);
        }
        return false;
    }
}

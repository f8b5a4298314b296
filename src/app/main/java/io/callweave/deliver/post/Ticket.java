package io.callweave.deliver.post;

import io.callweave.deliver.Outcome;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that waits for its turn to be posted. It is taken once: by the lane that posts it, or by the queue that withdraws it.
 * Its value can be of megabytes, so it may have to wait without it: then the queue brings the value when there is room. Thread-safe.
 */
public final class Ticket {

    private static final byte[] NOTHING = {};

    private final WebhookSubscription subscription;
    private final long bytes;
    private final Consumer<Ticket> wanted;
    private final BiConsumer<Ticket, Outcome> ended;
    private QueuedWebhook delivery;
    private boolean taken;
    private @Nullable Runnable drop;
    private @Nullable Runnable goOn;

    /**
     * @param delivery with its value
     * @param wanted hears that the value is {@linkplain #bring wanted}, on another thread
     * @param ended hears how the attempt ended, on another thread
     */
    public Ticket(
            WebhookSubscription subscription,
            QueuedWebhook delivery,
            Consumer<Ticket> wanted,
            BiConsumer<Ticket, Outcome> ended) {
        this.subscription = subscription;
        this.delivery = delivery;
        this.wanted = wanted;
        this.ended = ended;
        bytes = delivery.occurrence().value().length;
    }

    public WebhookSubscription subscription() {
        return subscription;
    }

    /** With its value, or without. */
    public synchronized QueuedWebhook delivery() {
        return delivery;
    }

    /** Of its value. */
    public long bytes() {
        return bytes;
    }

    synchronized boolean hasValue() {
        return delivery.occurrence().value().length == bytes;
    }

    /** It waits without its value. */
    synchronized void leaveValue() {
        delivery = delivery.with(NOTHING);
    }

    /** It has room in memory, which it gives back when it is posted or withdrawn. */
    synchronized void hold(Runnable back) {
        drop = back;
    }

    void drop() {
        Runnable now;
        synchronized (this) {
            now = drop;
            drop = null;
        }
        if (now != null) {
            now.run();
        }
    }

    /**
     * Asks the queue for the value.
     *
     * @param then when it is there, or the ticket was withdrawn
     */
    void ask(Runnable then) {
        boolean isWanted;
        synchronized (this) {
            goOn = then;
            isWanted = !taken;
        }
        if (isWanted) {
            wanted.accept(this);
        } else {
            drop();
            goOn();
        }
    }

    /** Its value is here. */
    public void bring(QueuedWebhook whole) {
        synchronized (this) {
            if (taken) {
                return;
            }
            delivery = whole;
        }
        goOn();
    }

    private void goOn() {
        Runnable now;
        synchronized (this) {
            now = goOn;
            goOn = null;
        }
        if (now != null) {
            now.run();
        }
    }

    synchronized boolean isTaken() {
        return taken;
    }

    /** What is to be posted, for the first caller only; null if it was taken back. */
    synchronized @Nullable QueuedWebhook take() {
        if (taken) {
            return null;
        }
        taken = true;
        QueuedWebhook whole = delivery;
        leaveValue();
        return whole;
    }

    /**
     * Takes it back.
     *
     * @return false if it is being posted, or was
     */
    public boolean withdraw() {
        if (take() == null) {
            return false;
        }
        drop();
        goOn();
        return true;
    }

    void end(Outcome outcome) {
        ended.accept(this, outcome);
    }
}

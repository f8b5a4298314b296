package io.callweave.deliver.post;

import io.callweave.deliver.Outcome;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** A delivery that waits for its turn to be posted. It is taken once: by the lane that posts it, or by the queue that withdraws it. */
public final class Ticket {

    private final WebhookSubscription subscription;
    private final QueuedWebhook delivery;
    private final BiConsumer<Ticket, Outcome> ended;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** @param ended hears how the attempt ended, on another thread */
    public Ticket(WebhookSubscription subscription, QueuedWebhook delivery, BiConsumer<Ticket, Outcome> ended) {
        this.subscription = subscription;
        this.delivery = delivery;
        this.ended = ended;
    }

    public WebhookSubscription subscription() {
        return subscription;
    }

    public QueuedWebhook delivery() {
        return delivery;
    }

    /** Returns true for the first caller only, which may post it or take it back. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /**
     * Takes it back.
     *
     * @return false if it is being posted, or was
     */
    public boolean withdraw() {
        return take();
    }

    void end(Outcome outcome) {
        ended.accept(this, outcome);
    }
}

package io.callweave.deliver.queue;

import io.callweave.deliver.DeliveryReason;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.subscription.WebhookSubscription;

/** What a queue emits. */
interface Outputs {

    /** A subscription in another state. */
    void changed(WebhookSubscription subscription);

    /** A subscription is deleted. */
    void deleted(String subscription);

    /** A delivery was left out: it must not be posted. */
    void excluded();

    /**
     * A delivery was given up.
     *
     * @param kept is run when its dead letter is on the broker, on any thread
     */
    void undelivered(QueuedWebhook delivery, DeliveryReason reason, Runnable kept);
}

package io.callweave.deliver.queue;

import io.callweave.deliver.DeliveryReason;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.topics.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outputs as records for the sinks of the topology. */
final class ForwardedOutputs implements Outputs {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardedOutputs.class);

    private final ProcessorContext<String, byte[]> context;
    private final DeliverServices services;

    ForwardedOutputs(ProcessorContext<String, byte[]> context, DeliverServices services) {
        this.context = context;
        this.services = services;
    }

    @Override
    public void changed(WebhookSubscription subscription) {
        boolean bad = subscription.state() == SubscriptionState.SUSPENDED;
        (bad ? LOG.atError() : LOG.atInfo())
                .setMessage(
                        bad
                                ? "A subscription is suspended; when its endpoint works: callweave deliver subscriptions resume."
                                : "A subscription has another state.")
                .addKeyValue("subscription", subscription.id())
                .addKeyValue("state", subscription.state().wireName())
                .addKeyValue("reason", subscription.reason())
                .log();
        subscription(subscription.id(), SubscriptionJson.write(subscription));
    }

    @Override
    public void deleted(String subscription) {
        LOG.atWarn()
                .setMessage("An endpoint answered 410: its subscription is deleted.")
                .addKeyValue("subscription", subscription)
                .log();
        subscription(subscription, null);
    }

    private void subscription(String id, byte @Nullable [] value) {
        context.forward(new Record<>(id, value, services.clock().millis()), DeliverTopology.SUBSCRIPTIONS_SINK);
    }

    @Override
    public void excluded() {
        services.activity().excluded();
    }

    @Override
    public void undelivered(QueuedWebhook delivery, DeliveryReason reason, Runnable kept) {
        services.activity().undelivered(reason);
        long now = services.clock().millis();
        Occurrence occurrence = delivery.occurrence();
        RecordHeaders headers = DeliveryHeaders.of(delivery.subscription(), occurrence);
        headers.add(Headers.text(Headers.REASON, reason.wireName()));
        headers.add(Headers.text(Headers.DETAIL, delivery.failure()));
        headers.add(Headers.text(DeliveryHeaders.ATTEMPTS, Integer.toString(delivery.attempts())));
        headers.add(Headers.time(Headers.REJECTED_AT, now));
        services.deadLetters().await(delivery.subscription(), occurrence.id(), kept);
        context.forward(
                new Record<>(occurrence.slot(), occurrence.value(), now, headers), DeliverTopology.DEAD_LETTERS_SINK);
    }
}

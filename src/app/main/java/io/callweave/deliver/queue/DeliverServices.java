package io.callweave.deliver.queue;

import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.post.Posts;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the tasks of an instance share.
 *
 * @param deadLetters knows which of them are on the broker
 * @param closeTimeout how long the end of a task waits for its posts
 */
public record DeliverServices(
        DeliverRules rules,
        SubscriptionTable subscriptions,
        CommittedOffsets committed,
        DeadLetterReceipts deadLetters,
        Posts posts,
        DeliverActivity activity,
        InstantSource clock,
        Duration closeTimeout) {}

package io.callweave.deliver.queue;

import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.post.Posts;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the tasks of an instance share.
 *
 * @param closeTimeout how long the end of a task waits for its posts
 */
public record DeliverServices(
        DeliverRules rules,
        SubscriptionTable subscriptions,
        CommittedOffsets committed,
        Posts posts,
        DeliverActivity activity,
        InstantSource clock,
        Duration closeTimeout) {}

package io.callweave.deliver.queue;

import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.post.Posts;
import io.callweave.deliver.receipt.ChangelogReceipts;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.topology.directory.DirectoryStore;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of an instance share.
 *
 * @param names what is known of extensions; null if the topic of the directory is not there
 * @param deadLetters knows which of them are on the broker
 * @param changelog knows how much of the queues is on the broker
 * @param busy tells the tasks how much of a thread's time each can take
 * @param closeTimeout how long the end of a task waits for its posts
 */
public record DeliverServices(
        DeliverRules rules,
        SubscriptionTable subscriptions,
        @Nullable DirectoryStore names,
        CommittedOffsets committed,
        DeadLetterReceipts deadLetters,
        ChangelogReceipts changelog,
        Posts posts,
        DeliverActivity activity,
        BusyTasks busy,
        InstantSource clock,
        Duration closeTimeout) {}

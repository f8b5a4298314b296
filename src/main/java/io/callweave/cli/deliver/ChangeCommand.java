package io.callweave.cli.deliver;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.TopicOptions;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.local.LocalException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands of {@code deliver subscriptions} that change one. */
abstract class ChangeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SUBSCRIPTION", description = "The id of the subscription.")
    private String id = "";

    @Mixin
    private SettingsOptions settingsOptions =
            new SettingsOptions(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicOptions.quietenKafka();
        DeliverTopicAccess topics = DeliverTopicAccess.open(settings, Messages.to(spec));
        String done = change(topics, topics.subscription(id), System.currentTimeMillis());
        Messages.to(spec).println("callweave: " + done);
        return ExitStatus.DONE;
    }

    /**
     * Does it.
     *
     * @return a sentence
     */
    abstract String change(DeliverTopicAccess topics, WebhookSubscription subscription, long now);

    /** The command {@code test}. */
    @Command(
            name = "test",
            description = "Post a signed test to the endpoint of a subscription.",
            footer = {
                "",
                "Examples:",
                "  callweave deliver subscriptions test sub-1f0c2a7e-33aa --bootstrap-servers=kafka-1:9092"
            })
    static final class Test extends ChangeCommand {
        @Override
        String change(DeliverTopicAccess topics, WebhookSubscription subscription, long now) {
            if (subscription.state() == SubscriptionState.PAUSED
                    || subscription.state() == SubscriptionState.SUSPENDED) {
                throw new LocalException(
                        "The subscription is " + subscription.state().wireName()
                                + ": nothing is posted until \"callweave deliver subscriptions resume\".");
            }
            topics.test(subscription.id(), now);
            return "A running deliverer posts the test; \"callweave deliver status\" shows how it ended.";
        }
    }

    /** The command {@code pause}. */
    @Command(
            name = "pause",
            description = {"Post nothing to a subscription.", "What happens meanwhile waits for deliver.keep."},
            footer = {
                "",
                "Examples:",
                "  callweave deliver subscriptions pause sub-1f0c2a7e-33aa --bootstrap-servers=kafka-1:9092"
            })
    static final class Pause extends ChangeCommand {
        @Override
        String change(DeliverTopicAccess topics, WebhookSubscription subscription, long now) {
            topics.put(subscription.with(SubscriptionState.PAUSED, "", now));
            return "The subscription is paused.";
        }
    }

    /** The command {@code resume}. */
    @Command(
            name = "resume",
            description = "Post to a paused or suspended subscription again, beginning with what waits.",
            footer = {
                "",
                "Examples:",
                "  callweave deliver subscriptions resume sub-1f0c2a7e-33aa --bootstrap-servers=kafka-1:9092"
            })
    static final class Resume extends ChangeCommand {
        @Override
        String change(DeliverTopicAccess topics, WebhookSubscription subscription, long now) {
            if (subscription.state() == SubscriptionState.UNVERIFIED) {
                throw new LocalException("The endpoint has not answered a test yet;"
                        + " \"callweave deliver subscriptions test\" posts another one.");
            }
            topics.put(subscription.with(SubscriptionState.ACTIVE, "", now));
            return "The subscription is active.";
        }
    }

    /** The command {@code delete}. */
    @Command(
            name = "delete",
            description = "Delete a subscription; what waits for it goes to deliver-dead-letters.",
            footer = {
                "",
                "Examples:",
                "  callweave deliver subscriptions delete sub-1f0c2a7e-33aa --bootstrap-servers=kafka-1:9092"
            })
    static final class Delete extends ChangeCommand {
        @Override
        String change(DeliverTopicAccess topics, WebhookSubscription subscription, long now) {
            topics.delete(subscription.id());
            return "The subscription is deleted.";
        }
    }
}

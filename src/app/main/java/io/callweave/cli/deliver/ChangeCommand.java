package io.callweave.cli.deliver;

import io.callweave.deliver.manage.SubscriptionManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands of {@code deliver subscriptions} that change one. */
abstract class ChangeCommand extends SubscriptionCommand {

    @Parameters(paramLabel = "SUBSCRIPTION", description = "The id of the subscription.")
    private String id = "";

    @Override
    final void run(SubscriptionManager manager) {
        say(change(manager, id));
    }

    /**
     * Changes one.
     *
     * @return a sentence
     */
    abstract String change(SubscriptionManager manager, String id);

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
        String change(SubscriptionManager manager, String id) {
            manager.test(id);
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
        String change(SubscriptionManager manager, String id) {
            manager.pause(id);
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
        String change(SubscriptionManager manager, String id) {
            manager.resume(id);
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
        String change(SubscriptionManager manager, String id) {
            manager.delete(id);
            return "The subscription is deleted.";
        }
    }
}

package io.callweave.cli.deliver;

import io.callweave.cli.common.CommandGroup;
import picocli.CommandLine.Command;

/** The command {@code deliver subscriptions}: names its subcommands. */
@Command(
        name = "subscriptions",
        description = "Manage who gets which webhooks.",
        subcommands = {
            CreateCommand.class,
            ListCommand.class,
            ChangeCommand.Test.class,
            ChangeCommand.Pause.class,
            ChangeCommand.Resume.class,
            RotateCommand.class,
            ChangeCommand.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  callweave deliver subscriptions create https://crm.example.com/calls --account 809646016"
                    + " --bootstrap-servers=kafka-1:9092",
            "  callweave deliver subscriptions list --bootstrap-servers=kafka-1:9092"
        })
final class SubscriptionsCommand extends CommandGroup {

    SubscriptionsCommand() {
        super("Name what to do with subscriptions: create, list, test, pause, resume, rotate or delete.");
    }
}

package io.callweave.cli.subscribe;

import io.callweave.cli.common.CommandGroup;
import picocli.CommandLine.Command;

/** The command {@code subscribe}: names its subcommands. */
@Command(
        name = "subscribe",
        description = {
            "List, create, renew, delete or examine the subscriptions at RingCentral.",
            "Credentials are in bridge.accounts-file, or for your own account in the settings ringcentral.*."
        },
        subcommands = {
            SubscribeListCommand.class,
            SubscribeCreateCommand.class,
            SubscribeRenewCommand.class,
            SubscribeDeleteCommand.class,
            SubscribeDoctorCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  callweave subscribe doctor --bridge-accounts-file=accounts.properties",
            "  callweave subscribe create --address https://calls.example.com/webhooks/809646016"
        })
public final class SubscribeCommand extends CommandGroup {

    public SubscribeCommand() {
        super("Name what to do: list, create, renew, delete or doctor.");
    }
}

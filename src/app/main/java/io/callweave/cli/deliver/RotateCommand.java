package io.callweave.cli.deliver;

import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.settings.KnownSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code deliver subscriptions rotate}. */
@Command(
        name = "rotate",
        description = {
            "Give a subscription a new secret, and print it. It is shown only now.",
            "Until the old one ends, each webhook has a signature of both."
        },
        footer = {
            "",
            "Examples:",
            "  callweave deliver subscriptions rotate sub-1f0c2a7e-33aa --overlap 48h --bootstrap-servers=kafka-1:9092"
                    + " --deliver-key-file=keys"
        })
final class RotateCommand extends SubscriptionCommand {

    @Parameters(paramLabel = "SUBSCRIPTION", description = "The id of the subscription.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            description = "How long the old secret signs too (default 24h).")
    private String overlap = "24h";

    @Option(names = "--secret", paramLabel = "REFERENCE", description = "Where the new secret is; as for create.")
    private @Nullable String secret;

    RotateCommand() {
        super(KnownSettings.DELIVER_KEY_FILE);
    }

    @Override
    void run(SubscriptionManager manager) {
        manager.rotate(id, secret, duration("--overlap", overlap, "24h"))
                .ifPresent(shown -> data().lines(List.of(shown)));
        say("The subscription has a new secret; the old one signs too for " + overlap + ".");
    }
}

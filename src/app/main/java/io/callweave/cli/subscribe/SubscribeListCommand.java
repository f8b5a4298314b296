package io.callweave.cli.subscribe;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.ringcentral.Subscription;
import io.callweave.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code subscribe list}: what is there. */
@Command(
        name = "list",
        description = "Print all subscriptions of the app and the user of each account.",
        footer = {"", "Examples:", "  callweave subscribe list --bridge-accounts-file=accounts.properties"})
final class SubscribeListCommand extends SubscribeBase {

    @Option(names = "--json", description = "Print JSON: an array of objects.")
    private boolean json;

    @Override
    protected int run(Settings settings) throws InterruptedException {
        List<List<String>> rows = new ArrayList<>(List.of(Rows.HEADING));
        List<Map<String, @Nullable Object>> elements = new ArrayList<>();
        int status = forEach(settings, subscriber -> {
            for (Subscription each : subscriber.client().subscriptions().list()) {
                rows.add(Rows.of(subscriber, each));
                elements.add(Rows.json(subscriber, each));
            }
        });
        if (json) {
            data().json(elements);
        } else if (rows.size() > 1) {
            data().table(rows);
        }
        if (status == ExitStatus.DONE) {
            say(Messages.count(elements.size(), "subscription") + ".");
        }
        return status;
    }
}

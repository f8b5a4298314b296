package io.callweave.cli.subscribe;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.ringcentral.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code subscribe list}: what is there. */
@Command(
        name = "list",
        description = "Print all subscriptions of the app and the user of each account.",
        footer = {"", "Examples:", "  callweave subscribe list --bridge-accounts-file=accounts.properties"})
final class SubscribeListCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON: an array of objects.")
    private boolean json;

    @Mixin
    private SubscriberOptions options = new SubscriberOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        List<List<String>> rows = new ArrayList<>(List.of(Rows.HEADING));
        List<Map<String, @Nullable Object>> elements = new ArrayList<>();
        int status = options.forEach(spec, subscriber -> {
            for (Subscription each : subscriber.client().subscriptions().list()) {
                rows.add(Rows.of(subscriber, each));
                elements.add(Rows.json(subscriber, each));
            }
        });
        if (json) {
            Messages.dataTo(spec).json(elements);
        } else if (rows.size() > 1) {
            Messages.dataTo(spec).table(rows);
        }
        if (status == ExitStatus.DONE) {
            Messages.to(spec).println("callweave: " + Messages.count(elements.size(), "subscription") + ".");
        }
        return status;
    }
}

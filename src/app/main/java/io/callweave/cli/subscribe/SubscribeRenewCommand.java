package io.callweave.cli.subscribe;

import io.callweave.cli.common.Messages;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code subscribe renew}: lets the life of subscriptions begin again. */
@Command(
        name = "renew",
        description = {
            "Renew subscriptions, so that their life begins again.",
            "Without ids: the active telephony webhooks at the address of each account."
        },
        footer = {"", "Examples:", "  callweave subscribe renew --bridge-accounts-file=accounts.properties"})
final class SubscribeRenewCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Subscriptions to renew.")
    private List<String> ids = new ArrayList<>();

    @Mixin
    private SubscriberOptions options = new SubscriberOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return options.forEach(spec, subscriber -> {
            Subscriptions subscriptions = subscriber.client().subscriptions();
            List<List<String>> rows = new ArrayList<>();
            for (Subscription each : subscriptions.list()) {
                if (ids.isEmpty() ? isOurs(subscriber, each) : ids.contains(each.id())) {
                    rows.add(Rows.of(subscriber, subscriptions.renew(each.id())));
                }
            }
            if (!rows.isEmpty()) {
                Messages.dataTo(spec).table(rows);
            }
            if (ids.isEmpty() && !subscriber.isByWebhook()) {
                Messages.to(spec)
                        .println("callweave: " + subscriber.name() + " is connected by " + subscriber.transport()
                                + ": the bridge renews that subscription itself.");
                return;
            }
            Messages.to(spec)
                    .println("callweave: " + Messages.count(rows.size(), "subscription") + " of " + subscriber.name()
                            + " renewed.");
        });
    }

    private static boolean isOurs(Subscriber subscriber, Subscription subscription) {
        return subscription.isActive()
                && subscription.isWebhook()
                && subscription.isOfTelephony()
                && subscription.address().equals(subscriber.wanted().address().toString());
    }
}

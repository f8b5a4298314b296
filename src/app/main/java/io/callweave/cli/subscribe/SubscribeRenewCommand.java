package io.callweave.cli.subscribe;

import io.callweave.cli.common.Messages;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code subscribe renew}: lets the life of subscriptions begin again. */
@Command(
        name = "renew",
        description = {
            "Renew subscriptions, so that their life begins again.",
            "Without ids: the active telephony webhooks at the address of each account."
        },
        footer = {"", "Examples:", "  callweave subscribe renew --bridge-accounts-file=accounts.properties"})
final class SubscribeRenewCommand extends SubscribeBase {

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Subscriptions to renew.")
    private List<String> ids = new ArrayList<>();

    @Override
    protected int run(Settings settings) throws InterruptedException {
        return forEach(settings, subscriber -> {
            Subscriptions subscriptions = subscriber.client().subscriptions();
            List<List<String>> rows = new ArrayList<>();
            for (Subscription each : subscriptions.list()) {
                if (ids.isEmpty() ? isOurs(subscriber, each) : ids.contains(each.id())) {
                    rows.add(Rows.of(subscriber, subscriptions.renew(each.id())));
                }
            }
            if (!rows.isEmpty()) {
                data().table(rows);
            }
            if (ids.isEmpty() && !subscriber.isByWebhook()) {
                say(subscriber.name() + " is connected by " + subscriber.transport()
                        + ": the bridge renews that subscription itself.");
                return;
            }
            say(Messages.count(rows.size(), "subscription") + " of " + subscriber.name() + " renewed.");
        });
    }

    private static boolean isOurs(Subscriber subscriber, Subscription subscription) {
        return subscription.isActive()
                && subscription.isWebhook()
                && subscription.isOfTelephony()
                && subscription.address().equals(subscriber.wanted().address().toString());
    }
}

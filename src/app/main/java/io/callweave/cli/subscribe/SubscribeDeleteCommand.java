package io.callweave.cli.subscribe;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.doctor.Strays;
import io.callweave.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code subscribe delete}: the only thing in Callweave that deletes subscriptions. */
@Command(
        name = "delete",
        description = {
            "Delete subscriptions: those with these ids, or strays.",
            "A stray delivers to the address of an account what another active subscription delivers there too. Strays are"
                    + " printed; with --yes they are deleted then."
        },
        footer = {
            "",
            "Examples:",
            "  callweave subscribe delete 1423e408-e25c-4421-8dd1-5f754e2f5648",
            "  callweave subscribe delete --strays --yes --bridge-accounts-file=accounts.properties"
        })
final class SubscribeDeleteCommand extends SubscribeBase {

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Subscriptions to delete.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--strays", description = "Print the strays.")
    private boolean strays;

    @Option(names = "--yes", description = "Delete the strays that are printed.")
    private boolean yes;

    private final Set<String> found = new HashSet<>();

    @Override
    protected int run(Settings settings) throws InterruptedException {
        if (strays == !ids.isEmpty()) {
            throw wrong("Give the ids of subscriptions, or --strays.");
        }
        int status = forEach(settings, this::delete);
        List<String> missing = ids.stream().filter(id -> !found.contains(id)).toList();
        if (missing.isEmpty() || status != ExitStatus.DONE) {
            return status;
        }
        say("There is no subscription " + String.join(" or ", missing) + ".");
        return ExitStatus.FAILED;
    }

    private void delete(Subscriber subscriber) {
        Subscriptions subscriptions = subscriber.client().subscriptions();
        List<Subscription> all = subscriptions.list();
        List<Subscription> chosen = strays
                ? Strays.at(subscriber.wanted().address().toString(), all)
                : all.stream().filter(each -> ids.contains(each.id())).toList();
        if (!chosen.isEmpty()) {
            data().table(chosen.stream().map(each -> Rows.of(subscriber, each)).toList());
        }
        if (strays && !yes) {
            say(Messages.count(chosen.size(), "stray") + " of " + subscriber.name()
                    + (chosen.isEmpty() ? "." : "; add --yes to delete what is printed."));
            return;
        }
        for (Subscription each : chosen) {
            subscriptions.delete(each.id());
            found.add(each.id());
        }
        say(Messages.count(chosen.size(), "subscription") + " of " + subscriber.name() + " deleted.");
    }
}

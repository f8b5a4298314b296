package io.callweave.cli.subscribe;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.doctor.Strays;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class SubscribeDeleteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Subscriptions to delete.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--strays", description = "Print the strays.")
    private boolean strays;

    @Option(names = "--yes", description = "Delete the strays that are printed.")
    private boolean yes;

    @Mixin
    private SubscriberOptions options = new SubscriberOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Set<String> found = new HashSet<>();

    @Override
    public Integer call() throws InterruptedException {
        if (strays == !ids.isEmpty()) {
            throw WrongUsage.of(spec, "Give the ids of subscriptions, or --strays.");
        }
        int status = options.forEach(spec, this::delete);
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
            Messages.dataTo(spec)
                    .table(chosen.stream()
                            .map(each -> Rows.of(subscriber, each))
                            .toList());
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

    private void say(String sentence) {
        Messages.to(spec).println("callweave: " + sentence);
    }
}

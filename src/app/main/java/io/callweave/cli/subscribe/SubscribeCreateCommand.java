package io.callweave.cli.subscribe;

import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.doctor.Care;
import io.callweave.ringcentral.doctor.Doctor;
import io.callweave.ringcentral.doctor.Finding;
import io.callweave.ringcentral.doctor.Wanted;
import io.callweave.settings.Settings;
import io.callweave.settings.value.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code subscribe create}: makes what is missing. */
@Command(
        name = "create",
        description = {
            "Create the webhook subscription of each account that has none.",
            "An active one with the same address and filters stays as it is. For other transports, the bridge subscribes itself."
        },
        footer = {"", "Examples:", "  callweave subscribe create --address https://calls.example.com/webhooks/809646016"
        })
final class SubscribeCreateCommand extends SubscribeBase {

    @Option(
            names = "--expires-in",
            paramLabel = "DURATION",
            description = "Life of the subscription (3650d, RingCentral's maximum).")
    private String expiresIn = Subscriptions.LONGEST.toDays() + "d";

    @Override
    protected int run(Settings settings) throws InterruptedException {
        Duration life = Durations.parse(expiresIn)
                .filter(given -> given.toSeconds() > 0 && given.compareTo(Subscriptions.LONGEST) <= 0)
                .orElseThrow(
                        () -> wrong("--expires-in is \"" + expiresIn + "\"; it must be a duration of at most 3650d."));
        return forEach(settings, subscriber -> create(subscriber, life));
    }

    private void create(Subscriber subscriber, Duration life) throws InterruptedException {
        if (!subscriber.isByWebhook()) {
            say(subscriber.name() + " has the transport " + subscriber.transport()
                    + "; the bridge subscribes when it connects.");
            return;
        }
        Wanted wanted = subscriber.wanted();
        Doctor.ofWanted(wanted).stream()
                .filter(finding -> finding.weight() != Finding.Weight.FINE)
                .forEach(finding -> say(finding.sentence() + " " + finding.advice()));
        Subscriptions subscriptions = subscriber.client().subscriptions();
        Care care = Care.of(wanted, subscriptions.list(), Instant.now());
        Subscription there = care.subscription();
        if (care.need() != Care.Need.CREATE && there != null) {
            say("the subscription " + there.id() + " of " + subscriber.name() + " is active and stays as it is.");
            return;
        }
        FurtherEvents further = further(subscriber);
        Subscription made =
                subscriptions.createWebhook(wanted.filters(), further, wanted.address(), wanted.token(), life);
        for (FurtherEvents.Kind kind : further.kindsMissingIn(made)) {
            say("RingCentral does not deliver " + kind.words() + " to " + subscriber.name() + ": the permission "
                    + kind.permission() + " is missing.");
        }
        data().table(List.of(Rows.of(subscriber, made)));
    }

    /** With all mailboxes, if voicemail is wanted and they can be listed. */
    private FurtherEvents further(Subscriber subscriber) throws InterruptedException {
        FurtherEvents wanted = subscriber.connection().further();
        if (!wanted.has(FurtherEvents.Kind.VOICEMAIL)) {
            return wanted;
        }
        String account = subscriber.account();
        try {
            return wanted.ofMailboxes(subscriber
                    .client()
                    .directory(account == null ? "~" : account)
                    .mailboxes(length -> Thread.sleep(length.toMillis())));
        } catch (RingCentralException e) {
            say("The mailboxes cannot be listed, so no voicemail comes. " + e.getMessage());
            return wanted.without(FurtherEvents.Kind.VOICEMAIL);
        }
    }
}

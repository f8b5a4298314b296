package io.callweave.cli.subscribe;

import io.callweave.bridge.account.Connection;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.RingCentralException.Trouble;
import io.callweave.ringcentral.doctor.AddressProbe;
import io.callweave.ringcentral.doctor.Doctor;
import io.callweave.ringcentral.doctor.Finding;
import io.callweave.ringcentral.doctor.PubNubProbe;
import io.callweave.ringcentral.doctor.Wanted;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks RingCentral and the address, and has the doctor judge what they answer. */
final class Examination {

    private Examination() {}

    static List<Finding> of(Subscriber subscriber) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try {
            Client client = subscriber.client();
            client.signIn();
            findings.addAll(Doctor.ofCredentials(subscriber.connection().credentials(), Instant.now()));
            findings.addAll(Doctor.ofPermissions(client.permissions(), subscriber.isByWebhook()));
            findings.addAll(Doctor.ofArtifacts(
                    client.permissions(), subscriber.connection().artifacts()));
            account(subscriber, findings);
            if (!subscriber.isByWebhook()) {
                findings.addAll(Doctor.ofFilters(subscriber.connection().filters()));
                findings.addAll(fetched(subscriber));
                return findings;
            }
            Wanted wanted = subscriber.wanted();
            findings.addAll(Doctor.ofWanted(wanted));
            findings.add(AddressProbe.of(HttpClient.newHttpClient(), wanted.address()));
            findings.addAll(
                    Doctor.ofSubscriptions(wanted, client.subscriptions().list(), Instant.now()));
        } catch (RingCentralException e) {
            findings.add(new Finding(Finding.Weight.PROBLEM, String.valueOf(e.getMessage()), ""));
        }
        return findings;
    }

    private static List<Finding> fetched(Subscriber subscriber) throws InterruptedException {
        if (subscriber.connection().way() == Connection.Way.WEBSOCKET) {
            subscriber.client().gateway();
            return List.of(new Finding(Finding.Weight.FINE, "The WebSocket gateway lets this app in.", ""));
        }
        long active = subscriber.client().subscriptions().list().stream()
                .filter(each -> each.transport().equalsIgnoreCase("PubNub") && each.isActive())
                .count();
        return List.of(
                PubNubProbe.of(HttpClient.newHttpClient(), subscriber.pubNubServer()),
                new Finding(
                        Finding.Weight.FINE,
                        active == 0
                                ? "There is no PubNub subscription yet; the bridge makes one."
                                : "PubNub delivers " + active + (active == 1 ? " subscription." : " subscriptions."),
                        ""));
    }

    /** A JWT of another account would deliver that account's calls. */
    private static void account(Subscriber subscriber, List<Finding> findings) {
        String expected = subscriber.account();
        if (expected == null) {
            return;
        }
        try {
            String actual = subscriber.client().accountId();
            if (!actual.equals(expected)) {
                findings.add(new Finding(
                        Finding.Weight.PROBLEM,
                        "The JWT is of the account " + actual + ", not of " + expected + ".",
                        "Create the JWT as a user of the account " + expected + "."));
            }
        } catch (RingCentralException e) {
            if (e.trouble() != Trouble.PERMISSION) { // nothing else needs it
                throw e;
            }
        }
    }
}

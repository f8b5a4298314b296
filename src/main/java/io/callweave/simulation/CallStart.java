package io.callweave.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A call that is about to begin: whose it is, when, and how the platform reports it. The verbs at the end begin it.
 *
 * @param account the account whose call it is
 * @param seed decides ids, lags and all times that are not given; calls that begin differently differ anyway
 * @param otherSubscribers further accounts with a subscription; they get the events of their own parties
 * @param wire what the notifications look like, and which of them are sent
 */
public record CallStart(Account account, Instant time, long seed, List<Account> otherSubscribers, Wire wire) {

    static final CallStart DEFAULT =
            new CallStart(Account.FIRST, Instant.parse("2026-03-02T09:00:00Z"), 1, List.of(), Wire.TODAY);

    public CallStart {
        otherSubscribers = List.copyOf(otherSubscribers);
    }

    /** At this time: ISO-8601, UTC. */
    public CallStart startingAt(String newTime) {
        return startingAt(Instant.parse(newTime));
    }

    public CallStart startingAt(Instant newTime) {
        return new CallStart(account, newTime, seed, otherSubscribers, wire);
    }

    public CallStart in(Account newAccount) {
        return new CallStart(newAccount, time, seed, otherSubscribers, wire);
    }

    /** Two calls that begin alike at the same time need different seeds, or they are the same call. */
    public CallStart seeded(long newSeed) {
        return new CallStart(account, time, newSeed, otherSubscribers, wire);
    }

    /** Reported in this way. */
    public CallStart on(Wire newWire) {
        return new CallStart(account, time, seed, otherSubscribers, newWire);
    }

    public CallStart withPeers(PeerForm newForm) {
        return on(wire.withPeers(newForm));
    }

    /** This account too has a subscription, and gets the events of those parties that are its own. */
    public CallStart alsoSeenBy(Account other) {
        List<Account> all = new ArrayList<>(otherSubscribers);
        all.add(other);
        return new CallStart(account, time, seed, all, wire);
    }

    /** Every subscriber gets the events of all parties; usually other accounts' parties are not delivered. */
    public CallStart showingForeignParties() {
        return on(wire.showingForeignParties());
    }

    /** Somebody outside dials the account's main number. */
    public PhoneCall inbound(String from) {
        return inbound(from, account.mainNumber());
    }

    /** Somebody outside dials one of the account's numbers. */
    public PhoneCall inbound(String from, String to) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("inbound", from, to),
                (scene, after) -> Opening.inbound(scene, Contact.of(from), to));
    }

    /** Somebody who withholds the number dials the main number. */
    public PhoneCall inboundFromAnonymous() {
        return PhoneCall.begin(
                this,
                PhoneCall.text("inboundFromAnonymous"),
                (scene, after) -> Opening.inbound(scene, Contact.ANONYMOUS, account.mainNumber()));
    }

    /** A user of another account dials the main number: the same session is seen by two accounts. */
    public PhoneCall inboundFrom(Extension foreigner) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("inboundFrom", foreigner.account().id(), foreigner.number()),
                (scene, after) -> Opening.inboundFrom(scene, foreigner, account.mainNumber()));
    }

    /** A user dials an outside number; it rings there. The user is the one who acts. */
    public PhoneCall outbound(String extension, String to) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("outbound", extension, to),
                (scene, after) -> Opening.dialled(scene, extension, to));
    }

    /** A user dials a colleague; it rings there. The one who dialled is the one who acts. */
    public PhoneCall internal(String extension, String colleague) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("internal", extension, colleague),
                (scene, after) -> Opening.dialled(scene, extension, colleague));
    }

    /** The platform calls the user, who takes it, and then the target, where it rings. */
    public PhoneCall ringOut(String extension, String target) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("ringOut", extension, target),
                (scene, after) -> Opening.ringOut(scene, extension, target, true));
    }

    /** A RingOut of which each leg is a telephony session of its own, and neither names the other. */
    public PhoneCall ringOutInTwoSessions(String extension, String target) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("ringOutInTwoSessions", extension, target),
                (scene, after) -> Opening.ringOutInTwoSessions(scene, extension, target));
    }

    /** A RingOut whose parties do not say who is the initiator. */
    public PhoneCall ringOutWithoutRoles(String extension, String target) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("ringOutWithoutRoles", extension, target),
                (scene, after) -> Opening.ringOut(scene, extension, target, false));
    }
}

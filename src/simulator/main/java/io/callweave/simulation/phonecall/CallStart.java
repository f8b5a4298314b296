package io.callweave.simulation.phonecall;

import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.PeerForm;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.Wire;
import io.callweave.simulation.scene.Opening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A call that is about to begin: its account, its time, and how the platform reports it. The verbs at the end begin it.
 *
 * @param account the account of the call
 * @param seed decides ids, lags and all times that are not given
 * @param otherSubscribers further accounts with a subscription; they receive the events of their own parties
 * @param wire the form of the notifications, and which of them are sent
 */
public record CallStart(
        SimulatedAccount account, Instant time, long seed, List<SimulatedAccount> otherSubscribers, Wire wire) {

    static final CallStart DEFAULT =
            new CallStart(SimulatedAccount.FIRST, Instant.parse("2026-03-02T09:00:00Z"), 1, List.of(), Wire.TODAY);

    public CallStart {
        otherSubscribers = List.copyOf(otherSubscribers);
    }

    /** Begins at this time: ISO-8601, UTC. */
    public CallStart startingAt(String newTime) {
        return startingAt(Instant.parse(newTime));
    }

    public CallStart startingAt(Instant newTime) {
        return new CallStart(account, newTime, seed, otherSubscribers, wire);
    }

    public CallStart in(SimulatedAccount newAccount) {
        return new CallStart(newAccount, time, seed, otherSubscribers, wire);
    }

    /** Two calls that begin the same way at the same time need different seeds, or they are the same call. */
    public CallStart seeded(long newSeed) {
        return new CallStart(account, time, newSeed, otherSubscribers, wire);
    }

    /** Reported in this form. */
    public CallStart on(Wire newWire) {
        return new CallStart(account, time, seed, otherSubscribers, newWire);
    }

    public CallStart withPeers(PeerForm newForm) {
        return on(wire.withPeers(newForm));
    }

    /** This account has a subscription too, and receives the events of its own parties. */
    public CallStart alsoSeenBy(SimulatedAccount other) {
        List<SimulatedAccount> all = new ArrayList<>(otherSubscribers);
        all.add(other);
        return new CallStart(account, time, seed, all, wire);
    }

    /** Every subscriber receives the events of all parties. Usually, other accounts' parties are not delivered. */
    public CallStart showingForeignParties() {
        return on(wire.showingForeignParties());
    }

    /** An outside caller dials the account's main number. */
    public PhoneCall inbound(String from) {
        return inbound(from, account.mainNumber());
    }

    /** An outside caller dials one of the account's numbers. */
    public PhoneCall inbound(String from, String to) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("inbound", from, to),
                (scene, after) -> Opening.inbound(scene, Contact.of(from), to));
    }

    /** An outside caller without caller ID dials the main number. */
    public PhoneCall inboundFromAnonymous() {
        return PhoneCall.begin(
                this,
                PhoneCall.text("inboundFromAnonymous"),
                (scene, after) -> Opening.inbound(scene, Contact.ANONYMOUS, account.mainNumber()));
    }

    /** A user of another account dials the main number: two accounts see the same session. */
    public PhoneCall inboundFrom(Extension foreigner) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("inboundFrom", foreigner.account().id(), foreigner.number()),
                (scene, after) -> Opening.inboundFrom(scene, foreigner, account.mainNumber()));
    }

    /** A user dials an outside number, where it rings. The user acts first. */
    public PhoneCall outbound(String extension, String to) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("outbound", extension, to),
                (scene, after) -> Opening.dialled(scene, extension, to));
    }

    /** A user dials a colleague, and the phone rings. The caller acts first. */
    public PhoneCall internal(String extension, String colleague) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("internal", extension, colleague),
                (scene, after) -> Opening.dialled(scene, extension, colleague));
    }

    /** The platform calls the user, who answers, and then rings the target. */
    public PhoneCall ringOut(String extension, String target) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("ringOut", extension, target),
                (scene, after) -> Opening.ringOut(scene, extension, target, true));
    }

    /** A RingOut with two legs in telephony sessions that do not refer to each other. */
    public PhoneCall ringOutInTwoSessions(String extension, String target) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("ringOutInTwoSessions", extension, target),
                (scene, after) -> Opening.ringOutInTwoSessions(scene, extension, target));
    }

    /** A RingOut with parties that do not say who the initiator is. */
    public PhoneCall ringOutWithoutRoles(String extension, String target) {
        return PhoneCall.begin(
                this,
                PhoneCall.text("ringOutWithoutRoles", extension, target),
                (scene, after) -> Opening.ringOut(scene, extension, target, false));
    }
}

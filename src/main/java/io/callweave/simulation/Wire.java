package io.callweave.simulation;

import java.time.Duration;

/**
 * How the platform reports a call: what the public samples of different years, transports and subscriptions differ in.
 *
 * @param peerForm how peers are written
 * @param bothEndsNamePeer whether both ends of a cross call name each other, or only the one that comes first
 * @param envelope what is around a notification
 * @param numericIds whether ids of accounts, extensions and legacy sessions are JSON numbers
 * @param sipData whether parties have {@code sipData}, as a subscription can ask for
 * @param outsideParties how much is delivered of parties in the public network
 * @param foreignParties whether an account also gets the events of other accounts' parties
 * @param skew how much the clocks of two servers differ at most; each session is on one server
 */
public record Wire(
        PeerForm peerForm,
        boolean bothEndsNamePeer,
        EnvelopeForm envelope,
        boolean numericIds,
        boolean sipData,
        OutsideParties outsideParties,
        boolean foreignParties,
        Duration skew) {

    /** As it is today, if nothing is said. */
    public static final Wire TODAY =
            new Wire(PeerForm.FULL, true, EnvelopeForm.PLAIN, false, false, OutsideParties.SHOWN, false, Duration.ZERO);

    public Wire withPeers(PeerForm newForm) {
        return new Wire(newForm, bothEndsNamePeer, envelope, numericIds, sipData, outsideParties, foreignParties, skew);
    }

    public Wire withOneEndNamingThePeer() {
        return new Wire(peerForm, false, envelope, numericIds, sipData, outsideParties, foreignParties, skew);
    }

    public Wire in(EnvelopeForm newEnvelope) {
        return new Wire(
                peerForm, bothEndsNamePeer, newEnvelope, numericIds, sipData, outsideParties, foreignParties, skew);
    }

    public Wire withNumericIds() {
        return new Wire(peerForm, bothEndsNamePeer, envelope, true, sipData, outsideParties, foreignParties, skew);
    }

    public Wire withSipData() {
        return new Wire(peerForm, bothEndsNamePeer, envelope, numericIds, true, outsideParties, foreignParties, skew);
    }

    public Wire with(OutsideParties newOutsideParties) {
        return new Wire(
                peerForm, bothEndsNamePeer, envelope, numericIds, sipData, newOutsideParties, foreignParties, skew);
    }

    public Wire showingForeignParties() {
        return new Wire(peerForm, bothEndsNamePeer, envelope, numericIds, sipData, outsideParties, true, skew);
    }

    public Wire skewedBy(Duration newSkew) {
        return new Wire(
                peerForm, bothEndsNamePeer, envelope, numericIds, sipData, outsideParties, foreignParties, newSkew);
    }
}

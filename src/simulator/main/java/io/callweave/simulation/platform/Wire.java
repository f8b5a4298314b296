package io.callweave.simulation.platform;

import java.time.Duration;

/**
 * How the platform reports a call: the differences between the public samples of several years, transports and
 * subscriptions.
 *
 * @param peerForm how peers are written
 * @param bothEndsNamePeer whether both ends of a cross call name each other, or only the one that comes first
 * @param envelope what is around a notification
 * @param numericIds whether ids of accounts, extensions and legacy sessions are JSON numbers
 * @param sipData whether parties have {@code sipData}, as a subscription can ask for
 * @param outsideParties which events of parties in the public network are delivered
 * @param foreignParties whether an account also receives the events of other accounts' parties
 * @param queues how queues appear
 * @param skew the largest difference between the clocks of two servers; each session is on one server
 */
public record Wire(
        PeerForm peerForm,
        boolean bothEndsNamePeer,
        EnvelopeForm envelope,
        boolean numericIds,
        boolean sipData,
        OutsideParties outsideParties,
        boolean foreignParties,
        QueueForm queues,
        Duration skew) {

    /** The form of today, the default. */
    public static final Wire TODAY = new Wire(
            PeerForm.FULL,
            true,
            EnvelopeForm.PLAIN,
            false,
            false,
            OutsideParties.SHOWN,
            false,
            QueueForm.MEMBERS,
            Duration.ZERO);

    public Wire withPeers(PeerForm newForm) {
        return new Wire(
                newForm, bothEndsNamePeer, envelope, numericIds, sipData, outsideParties, foreignParties, queues, skew);
    }

    public Wire withOneEndNamingThePeer() {
        return new Wire(peerForm, false, envelope, numericIds, sipData, outsideParties, foreignParties, queues, skew);
    }

    public Wire in(EnvelopeForm newEnvelope) {
        return new Wire(
                peerForm,
                bothEndsNamePeer,
                newEnvelope,
                numericIds,
                sipData,
                outsideParties,
                foreignParties,
                queues,
                skew);
    }

    public Wire withNumericIds() {
        return new Wire(
                peerForm, bothEndsNamePeer, envelope, true, sipData, outsideParties, foreignParties, queues, skew);
    }

    public Wire withSipData() {
        return new Wire(
                peerForm, bothEndsNamePeer, envelope, numericIds, true, outsideParties, foreignParties, queues, skew);
    }

    public Wire with(OutsideParties newOutsideParties) {
        return new Wire(
                peerForm,
                bothEndsNamePeer,
                envelope,
                numericIds,
                sipData,
                newOutsideParties,
                foreignParties,
                queues,
                skew);
    }

    public Wire showingForeignParties() {
        return new Wire(peerForm, bothEndsNamePeer, envelope, numericIds, sipData, outsideParties, true, queues, skew);
    }

    public Wire showingQueuesAs(QueueForm newQueues) {
        return new Wire(
                peerForm,
                bothEndsNamePeer,
                envelope,
                numericIds,
                sipData,
                outsideParties,
                foreignParties,
                newQueues,
                skew);
    }

    public Wire skewedBy(Duration newSkew) {
        return new Wire(
                peerForm,
                bothEndsNamePeer,
                envelope,
                numericIds,
                sipData,
                outsideParties,
                foreignParties,
                queues,
                newSkew);
    }
}

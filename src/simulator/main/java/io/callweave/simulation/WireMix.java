package io.callweave.simulation;

import io.callweave.simulation.platform.EnvelopeForm;
import io.callweave.simulation.platform.OutsideParties;
import io.callweave.simulation.platform.PeerForm;
import io.callweave.simulation.platform.Wire;
import java.time.Duration;

/** Most calls are reported as today; a few are as in other years, transports and subscriptions. */
final class WireMix {

    private static final double OLD_PEERS = 0.03;
    private static final double ONE_END = 0.1;
    private static final double OTHER_ENVELOPE = 0.01;
    private static final double NUMERIC = 0.02;
    private static final double SIP_DATA = 0.05;
    private static final double OUTSIDE_HIDDEN = 0.003;
    private static final double SKEWED = 0.2;
    private static final Duration SKEW = Duration.ofMillis(400);

    private WireMix() {}

    static Wire one(Dice dice, QueueMix queues) {
        Wire wire = Wire.TODAY.showingQueuesAs(queues.one(dice));
        wire = dice.chance(OLD_PEERS) ? wire.withPeers(PeerForm.TELEPHONY_ID_IN_SESSION_ID) : wire;
        wire = dice.chance(OLD_PEERS) ? wire.withPeers(PeerForm.PARTY_ONLY) : wire;
        wire = dice.chance(ONE_END) ? wire.withOneEndNamingThePeer() : wire;
        wire = dice.chance(OTHER_ENVELOPE) ? wire.in(EnvelopeForm.WEB_SOCKET_FRAME) : wire;
        wire = dice.chance(OTHER_ENVELOPE) ? wire.in(EnvelopeForm.PN_APNS) : wire;
        wire = dice.chance(NUMERIC) ? wire.withNumericIds() : wire;
        wire = dice.chance(SIP_DATA) ? wire.withSipData() : wire;
        wire = dice.chance(OUTSIDE_HIDDEN) ? wire.with(OutsideParties.END_HIDDEN) : wire;
        wire = dice.chance(OUTSIDE_HIDDEN) ? wire.with(OutsideParties.HIDDEN) : wire;
        return dice.chance(SKEWED) ? wire.skewedBy(SKEW) : wire;
    }
}

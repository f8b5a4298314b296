package io.callweave.simulation.platform;

/** How the platform writes a peer; all forms are in public samples. */
public enum PeerForm {

    /** The form of notifications: telephony session, legacy session and party. */
    FULL {
        @Override
        public PeerRef write(SimulatedLeg peer) {
            return new PeerRef(peer.session().id(), peer.session().legacyId(), peer.id());
        }
    },

    /** The form of REST replies: the field of the legacy id holds the telephony session. */
    TELEPHONY_ID_IN_SESSION_ID {
        @Override
        public PeerRef write(SimulatedLeg peer) {
            return new PeerRef(null, peer.session().id(), peer.id());
        }
    },

    /** Only the party; its id shows the session. */
    PARTY_ONLY {
        @Override
        public PeerRef write(SimulatedLeg peer) {
            return new PeerRef(null, peer.session().legacyId(), peer.id());
        }
    };

    public abstract PeerRef write(SimulatedLeg peer);
}

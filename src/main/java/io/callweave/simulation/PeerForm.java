package io.callweave.simulation;

/** How the platform writes a peer; all of them are in public samples. */
public enum PeerForm {

    /** As notifications have it: telephony session, legacy session and party. */
    FULL {
        @Override
        PeerRef write(Leg peer) {
            return new PeerRef(peer.session().id(), peer.session().legacyId(), peer.id());
        }
    },

    /** As REST replies have it: the field of the legacy id holds the telephony session. */
    TELEPHONY_ID_IN_SESSION_ID {
        @Override
        PeerRef write(Leg peer) {
            return new PeerRef(null, peer.session().id(), peer.id());
        }
    },

    /** The session has to be told from the party's id. */
    PARTY_ONLY {
        @Override
        PeerRef write(Leg peer) {
            return new PeerRef(null, peer.session().legacyId(), peer.id());
        }
    };

    abstract PeerRef write(Leg peer);
}

package io.callweave.simulation.platform;

/** Which events of parties in the public network a subscription receives; public samples show all three. */
public enum OutsideParties {

    /** Everything. */
    SHOWN,

    /** Everything but their ends, so that they never seem to end. */
    END_HIDDEN,

    /** Nothing; the sequence numbers of their events are missing. */
    HIDDEN
}

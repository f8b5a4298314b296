package io.callweave.simulation;

/** How much of parties in the public network a subscription gets; public samples show all three. */
public enum OutsideParties {

    /** Everything. */
    SHOWN,

    /** Everything but that they end, so that they never seem to. */
    END_HIDDEN,

    /** Nothing; the numbers that their events would have had are missing. */
    HIDDEN
}

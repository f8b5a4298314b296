package io.callweave.simulation.platform;

import org.jspecify.annotations.Nullable;

/**
 * What the public network says about who has a number. In two real captures of calls out of a queue, one caller has the name
 * "WIRELESS CALLER" and the other one none.
 */
public final class CallerNames {

    private static final String NAME = "WIRELESS CALLER";
    private static final int ONE_IN = 3;

    private CallerNames() {}

    /** The name for a number, null for most of them; a number always has the same. */
    public static @Nullable String of(@Nullable String phoneNumber) {
        return phoneNumber != null && Math.floorMod(phoneNumber.hashCode(), ONE_IN) == 0 ? NAME : null;
    }
}

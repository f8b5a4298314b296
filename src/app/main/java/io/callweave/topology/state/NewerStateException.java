package io.callweave.topology.state;

import io.callweave.settings.value.StateFormat;

/** State that only a newer version of Callweave can read. No other attempt can help, and nothing must be guessed. */
public final class NewerStateException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    NewerStateException(String what, int format) {
        super(what + " has the state format " + format + ", and this version of Callweave reads formats up to "
                + StateFormat.NEWEST.number() + ". Start the newer version that wrote it; nothing is lost.");
    }
}

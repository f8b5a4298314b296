package io.callweave.checks;

import java.time.Duration;

/**
 * Checks of values that somebody set. Each throws an {@link IllegalArgumentException} that names the setting; a value that
 * came from {@code Settings} has passed narrower checks before.
 */
public final class Check {

    private static final int HIGHEST_PORT = 65_535;

    private Check() {}

    public static void positive(String setting, Duration value) {
        require(value.compareTo(Duration.ZERO) > 0, setting, "longer than 0s", value);
    }

    public static void notNegative(String setting, Duration value) {
        require(!value.isNegative(), setting, "0s or longer", value);
    }

    public static void atLeast(String setting, long least, long value) {
        require(value >= least, setting, "at least " + least, value);
    }

    /** A port to listen at; 0 takes a free one. */
    public static void port(String setting, int value) {
        require(value >= 0 && value <= HIGHEST_PORT, setting, "from 0 to " + HIGHEST_PORT, value);
    }

    private static void require(boolean holds, String setting, String mustBe, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " must be " + mustBe + ", not " + value + ".");
        }
    }
}

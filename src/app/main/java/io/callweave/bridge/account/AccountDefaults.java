package io.callweave.bridge.account;

import io.callweave.checks.Check;

/**
 * What holds for accounts that do not say.
 *
 * @param keyed whether there is a key, without which nothing can be hashed
 */
public record AccountDefaults(Privacy privacy, int ratePerSecond, boolean keyed, ConnectionDefaults connection) {

    /** Nothing is connected. */
    public AccountDefaults(Privacy privacy, int ratePerSecond, boolean keyed) {
        this(privacy, ratePerSecond, keyed, ConnectionDefaults.NONE);
    }

    public AccountDefaults {
        Check.atLeast("bridge.account-rate", 1, ratePerSecond);
    }
}

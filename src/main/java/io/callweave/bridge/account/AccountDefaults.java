package io.callweave.bridge.account;

import io.callweave.checks.Check;

/**
 * What holds for accounts that do not say.
 *
 * @param keyed whether there is a key, without which nothing can be hashed
 */
public record AccountDefaults(Privacy privacy, int ratePerSecond, boolean keyed) {

    public AccountDefaults {
        Check.atLeast("bridge.account-rate", 1, ratePerSecond);
    }
}

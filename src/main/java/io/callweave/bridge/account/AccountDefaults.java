package io.callweave.bridge.account;

/**
 * What holds for accounts that do not say.
 *
 * @param keyed whether there is a key, without which nothing can be hashed
 */
public record AccountDefaults(Privacy privacy, int ratePerSecond, boolean keyed) {}

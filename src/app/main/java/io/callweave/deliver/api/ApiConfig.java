package io.callweave.deliver.api;

import io.callweave.access.AccessTokens;
import io.callweave.deliver.manage.SubscriptionStore;
import io.callweave.deliver.subscription.SecretKeys;

/**
 * What the API runs with.
 *
 * @param port 0 takes a free one
 * @param ratePerSecond how many requests each token may send
 */
public record ApiConfig(
        String host, int port, AccessTokens tokens, int ratePerSecond, SubscriptionStore store, SecretKeys keys) {

    /** The same with another store. */
    public ApiConfig withStore(SubscriptionStore other) {
        return new ApiConfig(host, port, tokens, ratePerSecond, other, keys);
    }

    @Override
    public String toString() {
        return "ApiConfig[" + host + ":" + port + "]";
    }
}

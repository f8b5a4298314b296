package io.callweave.deliver.api;

import io.callweave.access.AccessTokens;
import io.callweave.deliver.manage.SubscriptionStore;
import io.callweave.deliver.subscription.SecretKeys;

/**
 * What the API runs with.
 *
 * @param port 0 takes a free one
 */
public record ApiConfig(String host, int port, AccessTokens tokens, SubscriptionStore store, SecretKeys keys) {

    @Override
    public String toString() {
        return "ApiConfig[" + host + ":" + port + "]";
    }
}

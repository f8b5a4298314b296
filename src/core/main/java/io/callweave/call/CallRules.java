package io.callweave.call;

import java.util.Map;

/**
 * The settings that change what a call's record says.
 *
 * @param gapsCountByDefault whether missing sequences make a call partial; not for a filtered or an extension-level
 *     subscription, where gaps are normal
 * @param gapsCountByAccount accounts with a value of their own, because subscriptions of both levels exist side by side
 */
public record CallRules(boolean gapsCountByDefault, Map<String, Boolean> gapsCountByAccount) {

    public static final CallRules DEFAULT = new CallRules(true);

    public CallRules {
        gapsCountByAccount = Map.copyOf(gapsCountByAccount);
    }

    /** The same rule for all accounts. */
    public CallRules(boolean gapsCount) {
        this(gapsCount, Map.of());
    }

    /** Whether missing sequences make a call of this account partial. */
    public boolean gapsCount(String accountId) {
        return gapsCountByAccount.getOrDefault(accountId, gapsCountByDefault);
    }
}

package io.callweave.deliver.manage;

import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.Set;

/**
 * Which subscriptions somebody may manage.
 *
 * @param accounts their accounts; with {@link WebhookSubscription#EVERY_ACCOUNT} also the operator's own
 */
public record ManagedAccounts(Set<String> accounts) {

    /** Everything. */
    public static final ManagedAccounts OPERATOR = new ManagedAccounts(Set.of(WebhookSubscription.EVERY_ACCOUNT));

    /** Copies the accounts. */
    public ManagedAccounts {
        accounts = Set.copyOf(accounts);
    }

    public boolean isOperator() {
        return accounts.contains(WebhookSubscription.EVERY_ACCOUNT);
    }

    boolean covers(String account) {
        return isOperator() || accounts.contains(account);
    }
}

package io.callweave.deliver.manage;

import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.Set;

/**
 * Which subscriptions somebody may manage.
 *
 * @param accounts their accounts; with {@link WebhookSubscription#EVERY_ACCOUNT} also the operator's own
 */
public record Scope(Set<String> accounts) {

    /** Everything. */
    public static final Scope OPERATOR = new Scope(Set.of(WebhookSubscription.EVERY_ACCOUNT));

    /** Copies the accounts. */
    public Scope {
        accounts = Set.copyOf(accounts);
    }

    public boolean isOperator() {
        return accounts.contains(WebhookSubscription.EVERY_ACCOUNT);
    }

    boolean covers(String account) {
        return isOperator() || accounts.contains(account);
    }
}

package io.callweave.access;

import java.util.Set;

/**
 * Which accounts somebody may see and manage.
 *
 * @param accounts their ids; {@link #EVERY_ACCOUNT} stands for all
 */
public record AccountScope(Set<String> accounts) {

    /** Stands for all accounts, and for what belongs to no single one. */
    public static final String EVERY_ACCOUNT = "*";

    /** Everything. */
    public static final AccountScope OPERATOR = new AccountScope(Set.of(EVERY_ACCOUNT));

    /** Copies the accounts. */
    public AccountScope {
        accounts = Set.copyOf(accounts);
    }

    public boolean isOperator() {
        return accounts.contains(EVERY_ACCOUNT);
    }

    public boolean covers(String account) {
        return isOperator() || accounts.contains(account);
    }
}

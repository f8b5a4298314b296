package io.callweave.bridge.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All accounts from which notifications are taken: the allow-list. Each has a path of its own. */
public final class Accounts {

    private final Map<String, Account> byPath;
    private final Map<String, Account> byId;
    private final List<Account> all;

    private Accounts(Map<String, Account> byPath, Map<String, Account> byId, List<Account> all) {
        this.byId = Map.copyOf(byId);
        this.byPath = Map.copyOf(byPath);
        this.all = List.copyOf(all);
    }

    /**
     * Checks them together.
     *
     * @throws AccountsException if there is none, or an account or a path is there twice
     */
    public static Accounts of(Collection<Account> accounts) {
        if (accounts.isEmpty()) {
            throw new AccountsException("No account is given, so nothing could be taken.");
        }
        Map<String, Account> byPath = new HashMap<>();
        Map<String, Account> byId = new HashMap<>();
        for (Account account : accounts) {
            if (byId.put(account.id(), account) != null) {
                throw new AccountsException("The account " + account.id() + " is given twice.");
            }
            Account other = byPath.put(account.path(), account);
            if (other != null) {
                throw new AccountsException(
                        "The accounts " + other.id() + " and " + account.id() + " have the same path.");
            }
        }
        return new Accounts(byPath, byId, new ArrayList<>(accounts));
    }

    /** The account that has this path; null if none has. */
    public @Nullable Account at(String path) {
        return byPath.get(path);
    }

    /** Null if there is none. */
    public @Nullable Account of(String id) {
        return byId.get(id);
    }

    public List<Account> all() {
        return all;
    }
}

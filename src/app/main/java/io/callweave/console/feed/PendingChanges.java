package io.callweave.console.feed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects changes and sends them after the transaction that stores them, so that a client that asks finds what it heard of.
 * While the store is being filled it sends nothing, because no client has older values.
 */
final class PendingChanges {

    /** Of more accounts, all hear at once: so many do not tell what happens in one, and would fill the buffer of events. */
    private static final int MOST_ACCOUNTS = 100;

    private record Pending(String type, String account, String data) {}

    private final Changes changes;
    private final List<Pending> pending = new ArrayList<>();
    private boolean enabled;

    /** The accounts whose figures changed. */
    private final Set<String> windows = new LinkedHashSet<>();

    PendingChanges(Changes changes) {
        this.changes = changes;
    }

    void enable() {
        enabled = true;
    }

    /** Sends nothing until the store is filled again, and then clients ask for all. */
    void disable() {
        enabled = false;
        windows.clear();
        pending.clear();
    }

    /** Whether changes are sent; else nobody needs to make their data. */
    boolean isEnabled() {
        return enabled;
    }

    void add(String type, String account, String data) {
        if (enabled) {
            pending.add(new Pending(type, account, data));
        }
    }

    void windowsChanged(String account) {
        if (enabled) {
            windows.add(account);
        }
    }

    /** Sends what was added since the last transaction. */
    void written() {
        pending.forEach(each -> changes.tell(each.type, each.account, each.data));
        pending.clear();
    }

    /** Forgets what was added: it was not stored, and is read again. */
    void discard() {
        pending.clear();
    }

    /** Tells those who see an account that its figures changed since the last call of this method; returns whether any did. */
    boolean tellWindows() {
        if (windows.isEmpty()) {
            return false;
        }
        if (windows.size() > MOST_ACCOUNTS) {
            changes.tell("windows", null, "{}");
        } else {
            windows.forEach(account -> changes.tell("windows", account, "{}"));
        }
        windows.clear();
        return true;
    }
}

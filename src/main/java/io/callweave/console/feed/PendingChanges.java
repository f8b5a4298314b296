package io.callweave.console.feed;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects changes and sends them after the transaction that stores them, so that a client that asks finds what it heard of.
 * While the store is being filled it sends nothing, because no client has older values.
 */
final class PendingChanges {

    private record Pending(String type, String account, String data) {}

    private final Changes changes;
    private final List<Pending> pending = new ArrayList<>();
    private boolean enabled;
    private boolean windows;

    PendingChanges(Changes changes) {
        this.changes = changes;
    }

    void enable() {
        enabled = true;
    }

    /** Sends nothing until the store is filled again, and then clients ask for all. */
    void disable() {
        enabled = false;
        windows = false;
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

    void windowsChanged() {
        windows = enabled;
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

    /** Whether figures changed since the last call of this method. */
    boolean takeWindows() {
        boolean changed = windows;
        windows = false;
        return changed;
    }
}

package io.callweave.console.feed;

import java.util.ArrayList;
import java.util.List;

/** What is told once it is written. While the store is being filled, nothing is: nobody can have seen it otherwise. */
final class PendingChanges {

    private record Told(String type, String account, String data) {}

    private final Changes changes;
    private final List<Told> told = new ArrayList<>();
    private boolean enabled;
    private boolean windows;

    PendingChanges(Changes changes) {
        this.changes = changes;
    }

    void enable() {
        enabled = true;
    }

    void add(String type, String account, String data) {
        if (enabled) {
            told.add(new Told(type, account, data));
        }
    }

    void windowsChanged() {
        windows = enabled;
    }

    /** Tells it. */
    void written() {
        told.forEach(each -> changes.tell(each.type, each.account, each.data));
        told.clear();
    }

    /** Whether figures changed since this was asked last. */
    boolean takeWindows() {
        boolean changed = windows;
        windows = false;
        return changed;
    }
}

package io.callweave.topology.directory;

import io.callweave.directory.DirectoryEntry;
import io.callweave.metrics.Departments;
import io.callweave.metrics.WindowKey;
import org.jspecify.annotations.Nullable;

/** What is known of extensions, now. */
@FunctionalInterface
public interface Directory {

    /** Knows none. */
    Directory NONE = (accountId, extensionId) -> null;

    /** What is known of one; null if nothing. */
    @Nullable
    DirectoryEntry get(String accountId, String extensionId);

    /** The same of an extension that may not be there. */
    default @Nullable DirectoryEntry find(String accountId, @Nullable String extensionId) {
        return extensionId == null ? null : get(accountId, extensionId);
    }

    default boolean isEmpty() {
        return this == NONE;
    }

    default Departments departments(String accountId) {
        return isEmpty()
                ? Departments.NONE
                : extensionId -> {
                    DirectoryEntry entry = get(accountId, extensionId);
                    return entry == null ? null : entry.countedDepartment();
                };
    }

    /** The name of the extension or queue of a window; null if it is unknown, or for other windows. */
    default @Nullable String nameOf(WindowKey window) {
        return switch (window.scope()) {
            case EXTENSION, QUEUE -> {
                DirectoryEntry entry = get(window.accountId(), window.scopeId());
                yield entry == null ? null : entry.name();
            }
            case ACCOUNT, NUMBER, DEPARTMENT -> null;
        };
    }
}

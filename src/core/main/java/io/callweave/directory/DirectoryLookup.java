package io.callweave.directory;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what the directory says about one extension of one account. */
@FunctionalInterface
public interface DirectoryLookup {

    /** An empty directory. */
    DirectoryLookup EMPTY = (accountId, extensionId) -> null;

    /** The entry of an extension; null if there is none. */
    @Nullable
    DirectoryEntry find(String accountId, String extensionId);

    /** Searches these entries; of several with the same key the last one counts. */
    static DirectoryLookup of(Collection<DirectoryEntry> entries) {
        Map<String, DirectoryEntry> byKey = entries.stream()
                .collect(Collectors.toMap(DirectoryEntry::key, Function.identity(), (former, latter) -> latter));
        return (accountId, extensionId) -> byKey.get(DirectoryEntry.key(accountId, extensionId));
    }
}

package io.callweave.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be done so that a directory says what a file says.
 *
 * @param added entries of extensions that it does not have
 * @param changed entries that are otherwise there
 * @param unchanged how many there are as they should be
 * @param deleted keys of those to be deleted
 */
public record DirectoryChanges(
        List<DirectoryEntry> added, List<DirectoryEntry> changed, int unchanged, Set<String> deleted) {

    public DirectoryChanges {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        deleted = Set.copyOf(deleted);
    }

    /**
     * Compares.
     *
     * @param before what is there, by key
     * @param unusable keys under which something is that cannot be read
     * @param now what should be there
     * @param replace whether what is there of the accounts in {@code now}, and not in it, is to be deleted
     */
    public static DirectoryChanges between(
            Map<String, DirectoryEntry> before, Set<String> unusable, Collection<DirectoryEntry> now, boolean replace) {
        List<DirectoryEntry> added = new ArrayList<>();
        List<DirectoryEntry> changed = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Set<String> accounts = new HashSet<>();
        for (DirectoryEntry entry : now) {
            keys.add(entry.key());
            accounts.add(entry.accountId());
            DirectoryEntry there = before.get(entry.key());
            if (!entry.equals(there)) {
                (there == null && !unusable.contains(entry.key()) ? added : changed).add(entry);
            }
        }
        Set<String> deleted = new TreeSet<>(replace ? before.keySet() : Set.of());
        deleted.addAll(replace ? unusable : Set.of());
        deleted.removeIf(key -> keys.contains(key) || !accounts.contains(account(key)));
        return new DirectoryChanges(added, changed, now.size() - added.size() - changed.size(), deleted);
    }

    private static String account(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }
}

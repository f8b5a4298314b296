package io.callweave.directory;

import io.callweave.value.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that make a directory equal to a file.
 *
 * @param added entries of extensions that the directory does not have
 * @param changed entries that the directory has with other values
 * @param unchanged how many are already equal
 * @param deleted keys of the entries to delete
 */
public record DirectoryChanges(List<DirectoryEntry> added, List<Change> changed, int unchanged, Set<String> deleted) {

    public DirectoryChanges {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        deleted = Collections.unmodifiableSet(new TreeSet<>(deleted));
    }

    /**
     * Compares.
     *
     * @param before the current entries, by key
     * @param unusable keys with values that cannot be read
     * @param now the wanted entries
     * @param replace whether to delete current entries that {@code now} does not have, of the accounts in it
     */
    public static DirectoryChanges between(
            Map<String, DirectoryEntry> before, Set<String> unusable, Collection<DirectoryEntry> now, boolean replace) {
        List<DirectoryEntry> added = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Set<String> accounts = new HashSet<>();
        for (DirectoryEntry entry : now) {
            keys.add(entry.key());
            accounts.add(entry.accountId());
            DirectoryEntry there = before.get(entry.key());
            if (there != null ? !entry.equals(there) : unusable.contains(entry.key())) {
                changed.add(new Change(there, entry));
            } else if (there == null) {
                added.add(entry);
            }
        }
        Set<String> deleted = new TreeSet<>(replace ? before.keySet() : Set.of());
        deleted.addAll(replace ? unusable : Set.of());
        deleted.removeIf(key -> keys.contains(key) || !accounts.contains(account(key)));
        return new DirectoryChanges(added, changed, now.size() - added.size() - changed.size(), deleted);
    }

    /** Deletes the entries with these keys, and changes nothing else. */
    public static DirectoryChanges deletion(Set<String> keys) {
        return new DirectoryChanges(List.of(), List.of(), 0, keys);
    }

    private static String account(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }

    /** What must be written. */
    public Stream<DirectoryEntry> entries() {
        return Stream.concat(added.stream(), changed.stream().map(Change::now));
    }

    /** A line for each, for people. */
    public List<String> inWords() {
        List<String> lines = new ArrayList<>();
        added.forEach(entry -> lines.add("new " + entry.key()));
        changed.forEach(change -> lines.add("changed " + change.inWords()));
        deleted.forEach(key -> lines.add("deleted " + Printable.of(key)));
        return lines;
    }

    /**
     * An entry with new values.
     *
     * @param before null if it cannot be read
     */
    public record Change(@Nullable DirectoryEntry before, DirectoryEntry now) {

        private String inWords() {
            if (before == null) {
                return now.key() + "  what is there cannot be read";
            }
            return Stream.of(DirectoryColumn.values())
                    .filter(column -> !Objects.equals(column.in(before), column.in(now)))
                    .map(column -> column.title() + ": " + quoted(column, before) + " → " + quoted(column, now))
                    .collect(Collectors.joining("; ", now.key() + "  ", ""));
        }

        private static String quoted(DirectoryColumn column, DirectoryEntry entry) {
            String value = column.in(entry);
            return value == null ? "none" : "\"" + Printable.of(value) + "\"";
        }
    }
}

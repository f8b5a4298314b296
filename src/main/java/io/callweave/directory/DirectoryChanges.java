package io.callweave.directory;

import java.util.ArrayList;
import java.util.Collection;
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
 * What is to be done so that a directory says what a file says.
 *
 * @param added entries of extensions that it does not have
 * @param changed entries that are otherwise there
 * @param unchanged how many there are as they should be
 * @param deleted keys of those to be deleted
 */
public record DirectoryChanges(List<DirectoryEntry> added, List<Change> changed, int unchanged, Set<String> deleted) {

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

    /** Deletes what is under these keys, and nothing else. */
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

    /** What there is to be written. */
    public Stream<DirectoryEntry> entries() {
        return Stream.concat(added.stream(), changed.stream().map(Change::now));
    }

    /** A line for each, as people read it. */
    public List<String> inWords() {
        List<String> lines = new ArrayList<>();
        added.forEach(entry -> lines.add("new " + entry.key()));
        changed.forEach(change -> lines.add("changed " + change.inWords()));
        new TreeSet<>(deleted).forEach(key -> lines.add("deleted " + printable(key)));
        return lines;
    }

    /**
     * An entry that is otherwise there.
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
            return value == null ? "none" : "\"" + printable(value) + "\"";
        }
    }

    /** Others write to the topic too, and what they write must not steer a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}

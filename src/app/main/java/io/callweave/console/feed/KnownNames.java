package io.callweave.console.feed;

import io.callweave.access.AccountScope;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryLookup;
import io.callweave.topics.BoundedDirectory;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The directory as it is now. Thread-safe. */
public final class KnownNames implements DirectoryLookup {

    /** Of the memory, which live calls and answers need too. */
    private static final int SHARE = 8;

    private final BoundedDirectory entries;

    public KnownNames(Masking masking) {
        entries = new BoundedDirectory(
                entry -> needed(masking.entry(entry)), Runtime.getRuntime().maxMemory() / SHARE);
    }

    private static DirectoryEntry needed(DirectoryEntry entry) {
        return new DirectoryEntry(
                entry.accountId(), entry.extensionId(), entry.name(), entry.type(), null, entry.department(), null);
    }

    /** Learns a record of the topic; a value that describes no extension is as none. */
    public void learn(byte @Nullable [] key, byte @Nullable [] value) {
        try {
            entries.learn(key, value);
        } catch (DirectoryException notAnExtension) {
            // The topology counts it and says so.
        }
    }

    /**
     * Extensions that have this text in their name, in any case: the first ones by their id.
     *
     * @param most how many at most, so that a single letter does not make every question slow
     * @param pace runs before each name is looked at; ends it by an exception
     */
    public List<String> having(String text, AccountScope scope, @Nullable String account, int most, Runnable pace) {
        String searched = text.strip();
        TreeSet<String> found = new TreeSet<>();
        entries.of(each -> scope.covers(each) && (account == null || account.equals(each)))
                .forEach(entry -> {
                    pace.run();
                    if (entry.name() != null && has(entry.name(), searched)) {
                        found.add(entry.extensionId());
                        if (found.size() > most) {
                            found.pollLast();
                        }
                    }
                });
        return List.copyOf(found);
    }

    /** Without a text for each name: there are many. */
    private static boolean has(String name, String searched) {
        for (int i = 0; i <= name.length() - searched.length(); i++) {
            if (name.regionMatches(true, i, searched, 0, searched.length())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable DirectoryEntry find(String accountId, String extensionId) {
        return entries.find(accountId, extensionId);
    }
}

package io.callweave.console.feed;

import io.callweave.access.AccountScope;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryLookup;
import io.callweave.topics.BoundedDirectory;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The directory as it is now. Thread-safe. */
public final class KnownNames implements DirectoryLookup {

    private final BoundedDirectory entries;

    public KnownNames(Masking masking) {
        entries = new BoundedDirectory(entry -> needed(masking.entry(entry)));
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
     * Extensions that have this text in their name, in any case.
     *
     * @param most how many at most, so that a single letter does not make every question slow
     */
    public List<String> having(String text, AccountScope scope, @Nullable String account, int most) {
        String searched = text.strip().toLowerCase(Locale.ROOT);
        return entries.of(each -> scope.covers(each) && (account == null || account.equals(each)))
                .filter(each -> each.name() != null
                        && each.name().toLowerCase(Locale.ROOT).contains(searched))
                .map(DirectoryEntry::extensionId)
                .distinct()
                .sorted()
                .limit(most)
                .toList();
    }

    @Override
    public @Nullable DirectoryEntry find(String accountId, String extensionId) {
        return entries.find(accountId, extensionId);
    }
}

package io.callweave.console.feed;

import io.callweave.access.AccountScope;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryJson;
import io.callweave.directory.DirectoryLookup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The directory as it is now. Thread-safe. */
public final class KnownNames implements DirectoryLookup {

    private final Map<String, DirectoryEntry> entries = new ConcurrentHashMap<>();
    private final Masking masking;

    public KnownNames(Masking masking) {
        this.masking = masking;
    }

    /** Learns a record of the topic; a value that describes no extension is as none. */
    public void learn(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            return;
        }
        String id = new String(key, StandardCharsets.UTF_8);
        try {
            if (value != null) {
                entries.put(id, masking.entry(DirectoryJson.read(key, value)));
                return;
            }
        } catch (DirectoryException notAnExtension) {
            // The topology counts it and says so.
        }
        entries.remove(id);
    }

    /**
     * Extensions that have this text in their name, in any case.
     *
     * @param most how many at most, so that a single letter does not make every question slow
     */
    public List<String> having(String text, AccountScope scope, @Nullable String account, int most) {
        String searched = text.strip().toLowerCase(Locale.ROOT);
        return entries.values().stream()
                .filter(each -> scope.covers(each.accountId()) && (account == null || account.equals(each.accountId())))
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
        return entries.get(DirectoryEntry.key(accountId, extensionId));
    }
}

package io.callweave.topology.directory;

import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryJson;
import io.callweave.topics.Topic;
import io.callweave.topology.state.WholeTopicStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole topic {@link Topic#DIRECTORY} in the memory of each instance: the stage looks things up in it for every call, and
 * every partition can have calls of every account. Entries are read once, when they come. Of each key the last record counts,
 * so that every instance knows the same; one that cannot be read makes its extension unknown, and stops nothing.
 */
public final class DirectoryStore extends WholeTopicStore implements Directory {

    public static final String NAME = "directory";

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStore.class);

    private final IntConsumer size;
    private final Runnable rejected;
    private final Map<String, DirectoryEntry> entries = new ConcurrentHashMap<>();

    /**
     * Begins empty.
     *
     * @param size hears how many entries there are, after each record
     * @param rejected runs for each record that cannot be read
     */
    public DirectoryStore(IntConsumer size, Runnable rejected) {
        super(NAME);
        this.size = size;
        this.rejected = rejected;
    }

    @Override
    public @Nullable DirectoryEntry get(String accountId, String extensionId) {
        return entries.isEmpty() ? null : entries.get(DirectoryEntry.key(accountId, extensionId));
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public void accept(byte @Nullable [] key, byte @Nullable [] value) {
        try {
            if (value != null) {
                DirectoryEntry entry = DirectoryJson.read(key, value);
                entries.put(entry.key(), entry);
            } else if (key != null) {
                entries.remove(new String(key, StandardCharsets.UTF_8));
            }
        } catch (DirectoryException e) {
            if (key != null) {
                entries.remove(new String(key, StandardCharsets.UTF_8));
            }
            rejected.run();
            warn(LOG, "A record of the directory cannot be used; the extension has no name.", e);
        }
        size.accept(entries.size());
    }
}

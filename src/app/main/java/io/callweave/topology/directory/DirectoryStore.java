package io.callweave.topology.directory;

import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.topics.BoundedDirectory;
import io.callweave.topics.Topic;
import io.callweave.topology.state.WholeTopicStore;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole topic {@link Topic#DIRECTORY} in the memory of each instance: the stage looks things up in it for every call, and
 * every partition can have calls of every account. Entries are read once, when they come. Of each key the last record counts,
 * so that every instance knows the same, unless an account has {@link BoundedDirectory more than is kept}; one that cannot be
 * read makes its extension unknown, and stops nothing.
 */
public final class DirectoryStore extends WholeTopicStore implements Directory {

    public static final String NAME = "directory";

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStore.class);

    private final IntConsumer size;
    private final Runnable rejected;
    private final BoundedDirectory entries;

    /**
     * Begins empty.
     *
     * @param size hears how many entries there are, after each record
     * @param rejected runs for each record that cannot be read
     */
    public DirectoryStore(IntConsumer size, Runnable rejected) {
        this(new BoundedDirectory(UnaryOperator.identity()), size, rejected);
    }

    /** @param entries knows none yet */
    public DirectoryStore(BoundedDirectory entries, IntConsumer size, Runnable rejected) {
        super(NAME);
        this.entries = entries;
        this.size = size;
        this.rejected = rejected;
    }

    @Override
    public @Nullable DirectoryEntry get(String accountId, String extensionId) {
        return entries.find(accountId, extensionId);
    }

    @Override
    public boolean isEmpty() {
        return entries.size() == 0;
    }

    @Override
    public void accept(byte @Nullable [] key, byte @Nullable [] value) {
        try {
            entries.learn(key, value);
        } catch (DirectoryException e) {
            rejected.run();
            warn(LOG, "A record of the directory cannot be used; the extension has no name.", e);
        }
        size.accept(entries.size());
    }
}

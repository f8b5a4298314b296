package io.callweave.bridge.feed;

import io.callweave.bridge.holder.FeedPosition;
import io.callweave.bridge.holder.Holder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds all accounts, or none. */
public final class MemoryHolder implements Holder {

    private final Map<String, FeedPosition> positions = new ConcurrentHashMap<>();
    private volatile boolean holds = true;

    /** From now on. */
    public void holds(boolean all) {
        holds = all;
    }

    @Override
    public boolean holds(String account) {
        return holds;
    }

    @Override
    public @Nullable FeedPosition position(String account) {
        return positions.get(account);
    }

    @Override
    public void keep(String account, FeedPosition position) {
        positions.put(account, position);
    }

    @Override
    public void onLeave(Leave leave) {}

    @Override
    public void close() {}
}

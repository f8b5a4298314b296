package io.callweave.bridge.holder;

import org.jspecify.annotations.Nullable;

/** Says which accounts are this bridge's to connect. Thread-safe. */
public interface Holder extends AutoCloseable {

    boolean holds(String account);

    /** How far the feed was whole when it was known last, here or at the bridge before; null if it never was. */
    @Nullable
    FeedPosition position(String account);

    /** Remembered for the next one who holds the account. */
    void keep(String account, FeedPosition position);

    /**
     * Called when an account is no longer this bridge's; returns when nothing is fetched for it any longer.
     *
     * @param leave takes the account
     */
    void onLeave(Leave leave);

    @Override
    void close();

    /** Hears that an account is another bridge's now. */
    interface Leave {
        void leave(String account);
    }
}

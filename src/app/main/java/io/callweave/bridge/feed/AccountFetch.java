package io.callweave.bridge.feed;

import io.callweave.bridge.account.Account;

/** The notifications of one account, fetched on a thread of its own until it is closed. */
public interface AccountFetch extends AutoCloseable {

    void start();

    /** Whether this feed is what the account wants now. */
    boolean isFor(Account now);

    boolean isAlive();

    /** Ends it; returns when nothing is fetched any longer. */
    @Override
    void close();
}

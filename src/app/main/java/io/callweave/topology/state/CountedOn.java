package io.callweave.topology.state;

/**
 * The day of UTC, since the epoch, under which the call of an id is counted in windows. A session
 * remembers it, so that the store is not asked whether a call was counted before: mostly it was not, and then RocksDB takes
 * longest.
 */
public final class CountedOn {

    /** The call is not counted. */
    public static final long NO_DAY = Long.MIN_VALUE;

    private CountedOn() {}
}

package io.callweave.deliver;

import java.util.Comparator;

/**
 * The place of an occurrence among those of the same slot; the greater one replaces the lesser.
 *
 * @param epoch of the application's state
 * @param revision of the record, or the sequence of a party event; 0 while a call goes on
 * @param step 0 for records; counts what a live call can become
 */
public record Version(long epoch, long revision, int step) implements Comparable<Version> {

    private static final Comparator<Version> ORDER = Comparator.comparingLong(Version::epoch)
            .thenComparingLong(Version::revision)
            .thenComparingInt(Version::step);

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}

package io.callweave.topology.facts;

import java.util.HashMap;
import java.util.Map;

/**
 * Spaces out how often the facts of an account are read again. One small event can make two hundred of them move that have a megabyte each; so
 * a few such events a second would read and write gigabytes, and all other calls of the partition would wait for them. An account with ordinary
 * facts is never held back. Not kept across restarts.
 */
final class FactPace {

    /** A megabyte a second. */
    private static final int MICROS_PER_BYTE = 1;

    /** What the smallest one costs. */
    private static final int BYTES_OF_ANY = 100;

    /** How much of it may come at once: two megabytes, or several thousand small ones. */
    private static final long AT_ONCE_MICROS = 2_000_000;

    private static final int MANY = 1_000;
    private static final int MICROS_PER_MS = 1_000;

    private final Map<String, Backlog> backlogs = new HashMap<>();

    /** What an account was given and has not worked off, in microseconds. */
    private static final class Backlog {

        private long time;
        private long micros;

        private Backlog(long time) {
            this.time = time;
        }

        private boolean isDone(long now) {
            return micros <= now - time;
        }

        /** Receipts of several partitions do not come in the order of time. */
        private void passTo(long now) {
            micros = Math.max(0, micros - Math.max(0, now - time));
            time = Math.max(time, now);
        }
    }

    /**
     * Takes up a place for one fact.
     *
     * @param bytes of its notification
     * @param time in milliseconds since the epoch
     * @return when to read it; 0 if at once
     */
    long reserve(String accountId, int bytes, long time) {
        long now = time * MICROS_PER_MS;
        if (backlogs.size() >= MANY) {
            backlogs.values().removeIf(backlog -> backlog.isDone(now));
        }
        Backlog backlog = backlogs.computeIfAbsent(accountId, account -> new Backlog(now));
        backlog.passTo(now);
        long before = backlog.micros;
        backlog.micros += (long) (bytes + BYTES_OF_ANY) * MICROS_PER_BYTE;
        return before <= AT_ONCE_MICROS ? 0 : time + before / MICROS_PER_MS;
    }
}

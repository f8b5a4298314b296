package io.callweave.bench.faults;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that goes wrong.
 *
 * @param at after the first notification
 * @param target which of several processes, from 0
 * @param length how long it lasts; a process that is killed comes back when it is over
 */
public record Fault(Duration at, Kind kind, int target, Duration length) {

    /** What goes wrong. */
    public enum Kind {
        STREAMS_KILLED(2, 12),
        STREAMS_STOPPED(2, 6),
        /** Beyond the session timeout, so that another instance takes over. */
        STREAMS_PAUSED(9, 14),
        /** One instance after the other, as a StatefulSet does it; with {@code --upgrade-jar} to another build. */
        STREAMS_ROLLED(4, 6),
        STREAMS_SCALED(12, 18),
        STATE_DELETED(2, 4),
        STORE_GARBLED(2, 4),
        /** While it has accepted notifications that it has not answered. */
        BRIDGE_KILLED(1, 6),
        BRIDGE_PAUSED(3, 6),
        BROKER_KILLED(3, 12),
        BROKER_STOPPED(3, 8),
        BROKER_PAUSED(4, 10),
        CONTROLLER_KILLED(3, 10),
        BROKERS_TWO_AWAY(6, 15),
        BROKERS_ALL_AWAY(40, 60),
        /** No client and no other broker reaches it, but it is alive for the controllers. */
        BROKER_CUT_OFF(4, 12),
        DISK_FULL(6, 12),
        /** Of a broker and of {@code streams}: each write waits for up to half a second. */
        DISK_SLOW(5, 15),
        /** A minute forward, and then a minute back. */
        CLOCK_MOVED(4, 12),
        DELIVER_KILLED(2, 8),
        DELIVER_PAUSED(3, 8),
        RECEIVERS_FAIL(4, 12),
        CONSOLE_KILLED(2, 8),
        RINGCENTRAL_AWAY(4, 10),
        PARTITIONS_ADDED(1, 2);

        private final int shortest;
        private final int longest;

        Kind(int shortest, int longest) {
            this.shortest = shortest;
            this.longest = longest;
        }

        /** Its name on the command line, such as {@code broker-killed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** In seconds. */
        int shortest() {
            return shortest;
        }

        /** In seconds. */
        int longest() {
            return longest;
        }
    }

    @Override
    public String toString() {
        return "%s %d for %d s".formatted(kind.word(), target, length.toSeconds());
    }
}

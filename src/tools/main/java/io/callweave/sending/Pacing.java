package io.callweave.sending;

import java.time.Duration;
import java.time.Instant;

/** How fast notifications go out. */
public sealed interface Pacing {

    /**
     * When one may go out.
     *
     * @param sent how many went out before it
     * @param time its own time
     * @param firstTime the time of the first of all
     * @param started when that one went out
     */
    Instant due(long sent, Instant time, Instant firstTime, Instant started);

    /** As fast as they can be taken. */
    record Full() implements Pacing {

        @Override
        public Instant due(long sent, Instant time, Instant firstTime, Instant started) {
            return started;
        }
    }

    /** When their own time has come. */
    record Live() implements Pacing {

        @Override
        public Instant due(long sent, Instant time, Instant firstTime, Instant started) {
            return time;
        }
    }

    /** As they happened, or so many times as fast, the first one at once. */
    record Speed(double factor) implements Pacing {

        @Override
        public Instant due(long sent, Instant time, Instant firstTime, Instant started) {
            double millis = Duration.between(firstTime, time).toMillis() / factor;
            return started.plusMillis((long) millis);
        }
    }

    /** So many a second, evenly. */
    record Rate(double perSecond) implements Pacing {

        private static final double NANOS = 1e9;

        @Override
        public Instant due(long sent, Instant time, Instant firstTime, Instant started) {
            return started.plusNanos((long) (sent / perSecond * NANOS));
        }
    }
}

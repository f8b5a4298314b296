package io.callweave.bench.throughput;

import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;

/** Reads what a subject has made, so that one that did only a part of its work is not measured. */
public interface SubjectOutput extends AutoCloseable {

    /**
     * Checks a part, when the subject says that it has done it.
     *
     * @throws LocalException if something is missing
     */
    void part(long notifications);

    /**
     * Checks the number of all calls, when the traffic is at its end.
     *
     * @throws LocalException if there are more or fewer
     */
    void end(LiveTraffic traffic);

    @Override
    void close();

    /**
     * Compares a number with what it must be.
     *
     * @throws LocalException if it is another one
     */
    static void require(Site site, String what, long expected, long found) {
        if (found != expected) {
            throw new LocalException(
                    "%s has %,d %s instead of %,d: it has not done all of its work, so its figures mean nothing."
                            .formatted(site.label(), found, what, expected));
        }
    }
}

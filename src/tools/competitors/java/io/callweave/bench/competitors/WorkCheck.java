package io.callweave.bench.competitors;

import io.callweave.bench.traffic.LiveTraffic;
import java.util.Map;

/** Reads what a subject has made, so that one that did only a part of its work is not measured. */
public interface WorkCheck extends AutoCloseable {

    /**
     * Checks a part, when the subject says that it has done it.
     *
     * @throws io.callweave.files.LocalException if something is missing
     */
    void part(long notifications);

    /**
     * Checks all calls, when the traffic is at its end.
     *
     * @param expected those that the DSL must make, by the number of their session
     * @throws io.callweave.files.LocalException if one is missing or other than expected
     */
    void all(LiveTraffic traffic, Map<Integer, CallFigures> expected);

    @Override
    void close();
}

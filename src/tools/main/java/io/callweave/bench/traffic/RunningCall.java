package io.callweave.bench.traffic;

import java.util.List;

/**
 * A call, and which of its notifications is next.
 *
 * @param number in the order of the calls' start
 * @param start in milliseconds since the epoch
 * @param sessionIds without the prefix of their digits
 */
record RunningCall(long number, CallTemplate template, long start, byte[] account, List<String> sessionIds, int next) {

    /** When the next notification is received. */
    long time() {
        return start + template.messages().get(next).after();
    }

    boolean isAtItsLast() {
        return next == template.messages().size() - 1;
    }

    /** The telephony session of the next notification. */
    String session() {
        return "s-" + sessionIds.get(template.messages().get(next).session());
    }

    byte[] notification() {
        return template.messages().get(next).render(start, account, sessionIds);
    }

    RunningCall at(int message) {
        return new RunningCall(number, template, start, account, sessionIds, message);
    }
}

package io.callweave.topology.windows;

import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the windows of one account and day together from the calls that count in them, after a restart before which they were
 * not written. A busy day has millions of calls, and a transaction does not last for ever: so it goes through them in portions,
 * in the order of their keys, while calls change. A change of a call that it has passed is made good here; any other is met
 * on the way.
 */
final class WindowRecovery {

    /** A day of a time zone lies in two of UTC. */
    private static final int DAYS = 2;

    private final CountedCallStore calls;
    private final String accountId;
    private final long day;
    private final Map<WindowKey, WindowAggregate> windows = new HashMap<>();
    private int daysPassed;
    private @Nullable String lastPassed;

    WindowRecovery(CountedCallStore calls, String accountId, long day) {
        this.calls = calls;
        this.accountId = accountId;
        this.day = day;
    }

    /** One that is added on the way needs the calls that were passed, too, so that all begin again. */
    void add(WindowKey window) {
        windows.put(window, new WindowAggregate());
        if (daysPassed > 0 || lastPassed != null) {
            daysPassed = 0;
            lastPassed = null;
            windows.replaceAll((each, aggregate) -> new WindowAggregate());
        }
    }

    boolean isDone() {
        return daysPassed == DAYS;
    }

    /** What the windows hold; to be asked when it {@linkplain #isDone is done}. */
    Map<WindowKey, WindowAggregate> windows() {
        return windows;
    }

    /**
     * Goes on.
     *
     * @param limit how many calls at the most
     * @return how many
     */
    int goOn(int limit) {
        int passed = 0;
        while (passed < limit && !isDone()) {
            List<CountedCallStore.Entry> entries =
                    calls.callsOn(accountId, day + daysPassed, lastPassed, limit - passed);
            for (CountedCallStore.Entry entry : entries) {
                add(entry.call());
                lastPassed = entry.callId();
            }
            passed += entries.size();
            if (passed < limit) {
                daysPassed++;
                lastPassed = null;
            }
        }
        return passed;
    }

    /** A call counts otherwise now, and is kept so. */
    void changed(String callId, @Nullable CountedCall before, @Nullable CountedCall now) {
        if (before != null && isPassed(callId, before)) {
            before.windows(accountId)
                    .forEach((window, measures) ->
                            windows.computeIfPresent(window, (key, aggregate) -> aggregate.remove(measures)));
        }
        if (now != null && isPassed(callId, now)) {
            add(now);
        }
    }

    private void add(CountedCall call) {
        Map<WindowKey, Measures> added = call.windows(accountId);
        added.forEach(
                (window, measures) -> windows.computeIfPresent(window, (key, aggregate) -> aggregate.add(measures)));
    }

    private boolean isPassed(String callId, CountedCall call) {
        long of = WindowStore.dayOf(call.startTime()) - day;
        return of < daysPassed
                || (of == daysPassed && lastPassed != null && !CountedCallStore.isBehind(callId, lastPassed));
    }
}

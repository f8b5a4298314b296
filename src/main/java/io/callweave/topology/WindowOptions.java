package io.callweave.topology;

import io.callweave.metrics.WindowRules;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * How windows are kept. Times are milliseconds.
 *
 * @param rules how calls are counted in them
 * @param emitInterval how often a window is given out at most
 * @param retention how long after its last change a day's windows are kept, to be corrected
 */
public record WindowOptions(WindowRules rules, long emitInterval, long retention) {

    public static final WindowOptions DEFAULT = new WindowOptions(WindowRules.DEFAULT, 1_000, 7 * 24 * 60 * 60_000L);

    /** Counts no call in any window. */
    static final WindowOptions NONE = new WindowOptions(
            new WindowRules(Map.of(), ZoneOffset.UTC, Map.of(), WindowRules.DEFAULT.serviceLevelMs()),
            DEFAULT.emitInterval(),
            DEFAULT.retention());

    /** The same where state does not last long: nothing is ever given up. */
    public WindowOptions keptForGood() {
        return new WindowOptions(rules, emitInterval, Long.MAX_VALUE / 4);
    }
}

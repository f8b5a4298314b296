package io.callweave.topology.windows;

import io.callweave.checks.Check;
import io.callweave.metrics.WindowRules;
import java.time.Duration;
import java.util.Map;

/**
 * How windows are kept.
 *
 * @param rules how calls are counted in them
 * @param emitInterval shortest time between two emissions of a window
 * @param retention how long after its last change a day's windows are kept, so that revisions can change them
 */
public record WindowOptions(WindowRules rules, Duration emitInterval, Duration retention) {

    public static final WindowOptions DEFAULT =
            new WindowOptions(WindowRules.DEFAULT, Duration.ofSeconds(1), Duration.ofDays(7));

    /** Counts no call in any window. */
    public static final WindowOptions NONE =
            new WindowOptions(WindowRules.DEFAULT.with(Map.of()), DEFAULT.emitInterval(), DEFAULT.retention());

    public WindowOptions {
        Check.notNegative("metrics.emit-interval", emitInterval);
        Check.positive("metrics.retention", retention);
    }

    /** The same where state does not last long: nothing is ever given up. */
    public WindowOptions keptForGood() {
        return new WindowOptions(rules, emitInterval, Duration.ofMillis(Long.MAX_VALUE / 4));
    }
}

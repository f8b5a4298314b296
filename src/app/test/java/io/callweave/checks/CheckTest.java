package io.callweave.checks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callweave.bridge.activity.SilenceLimits;
import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.metrics.WindowRules;
import io.callweave.notification.NotificationLimits;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CheckTest {

    private static final CompletionTimeouts WAITS = CompletionTimeouts.DEFAULT;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldTakeBounds() {
        assertThatCode(() -> {
                    Check.positive("a", Duration.ofNanos(1));
                    Check.notNegative("a", Duration.ZERO);
                    Check.atLeast("a", 2, 2);
                    Check.port("a", 0);
                    Check.port("a", 65_535);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNameTheSettingAndTheValueThatIsWrong() {
        assertRefused(() -> Check.positive("a.b", Duration.ZERO), "a.b must be longer than 0s, not PT0S.");
        assertRefused(() -> Check.notNegative("a.b", SECOND.negated()), "a.b must be 0s or longer, not PT-1S.");
        assertRefused(() -> Check.atLeast("a.b", 2, 1), "a.b must be at least 2, not 1.");
        assertRefused(() -> Check.port("a.b", 65_536), "a.b must be from 0 to 65535, not 65536.");
        assertRefused(() -> Check.port("a.b", -1), "a.b must be from 0 to 65535, not -1.");
    }

    @Test
    void shouldBeMadeByConfigurationRecords() {
        assertRefused(() -> options(SECOND.negated(), SECOND), "ordering.gap-grace must be 0s or longer, not PT-1S.");
        assertRefused(() -> options(SECOND, Duration.ZERO), "completion.late-window must be longer than 0s, not PT0S.");
        assertRefused(
                () -> new WindowOptions(WindowRules.DEFAULT, SECOND.negated(), SECOND),
                "metrics.emit-interval must be 0s or longer, not PT-1S.");
        assertRefused(() -> new SilenceLimits(SECOND, -1), "bridge.silence-missing must be at least 0, not -1.");
        assertRefused(() -> new NotificationLimits(0, 1), "notifications.max-bytes must be at least 1, not 0.");
    }

    private static void assertRefused(ThrowingCallable making, String message) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
    }

    private static CallOptions options(Duration gapGrace, Duration lateWindow) {
        return new CallOptions(
                NotificationLimits.DEFAULT,
                CallRules.DEFAULT,
                WAITS,
                gapGrace,
                lateWindow,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                CallLimits.DEFAULT);
    }
}

package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.cli.role.CallSettings;
import io.callweave.notification.NotificationLimits;
import io.callweave.settings.Settings;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.windows.WindowOptions;
import org.junit.jupiter.api.Test;

/** The defaults of the settings are those of the core, which tests and benchmarks use. */
class CallSettingsTest {

    private final Settings defaults = Settings.defaults();

    @Test
    void shouldHaveTheRulesOfTheCoreByDefault() {
        assertThat(CallSettings.rules(defaults)).isEqualTo(CallRules.DEFAULT);
    }

    @Test
    void shouldHaveTheTimesOfTheCoreByDefault() {
        assertThat(CallSettings.timing(defaults)).isEqualTo(CallTimeouts.DEFAULT);
    }

    @Test
    void shouldHaveTheLimitsOfTheCoreByDefault() {
        assertThat(CallSettings.limits(defaults))
                .usingRecursiveComparison()
                .ignoringFields("callBytes") // as many as the events need
                .isEqualTo(CallLimits.DEFAULT);
        assertThat(CallSettings.notifications(defaults)).isEqualTo(NotificationLimits.DEFAULT);
    }

    @Test
    void shouldHaveTheWindowsOfTheCoreByDefault() {
        WindowOptions windows = CallSettings.windows(defaults);

        assertThat(windows)
                .usingRecursiveComparison()
                .ignoringFields("rules.zone") // UTC has two names
                .isEqualTo(WindowOptions.DEFAULT);
        assertThat(windows.rules().zone("1").getRules())
                .isEqualTo(WindowOptions.DEFAULT.rules().zone("1").getRules());
    }
}

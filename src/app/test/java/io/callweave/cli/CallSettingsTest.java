package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.Settings;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import org.junit.jupiter.api.Test;

/** The defaults of the settings are those of the core, which tests and benchmarks use. */
class CallSettingsTest {

    private final Settings defaults = Settings.defaults();

    @Test
    void shouldHaveTheOptionsOfTheCoreByDefault() {
        assertThat(CallOptions.of(defaults))
                .usingRecursiveComparison()
                .ignoringFields("limits.callBytes") // as many as the events need
                .isEqualTo(CallOptions.DEFAULT);
    }

    @Test
    void shouldHaveTheWindowsOfTheCoreByDefault() {
        WindowOptions windows = WindowOptions.of(defaults);

        assertThat(windows)
                .usingRecursiveComparison()
                .ignoringFields("rules.zone") // UTC has two names
                .isEqualTo(WindowOptions.DEFAULT);
        assertThat(windows.rules().zone("1").getRules())
                .isEqualTo(WindowOptions.DEFAULT.rules().zone("1").getRules());
    }
}

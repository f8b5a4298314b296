package io.callweave.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.cli.role.ClusterSettings;
import io.callweave.cli.role.DeliverSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.topics.Topic;
import io.callweave.topology.TopologyOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputSwitchesTest {

    @Test
    void shouldLeaveNothingOutByDefault() {
        Settings settings = settings(Map.of());

        assertThat(TopologyOptions.off(settings)).isEmpty();
        assertThat(ClusterSettings.topics(settings).topics()).containsExactly(Topic.values());
    }

    @Test
    void shouldLeaveOutWhatIsOff() {
        Settings settings = settings(Map.of("topics.live-calls", "off", "topics.party-metrics", "off"));

        assertThat(TopologyOptions.off(settings)).containsExactlyInAnyOrder(Topic.LIVE_CALLS, Topic.PARTY_METRICS);
        assertThat(ClusterSettings.topics(settings).topics())
                .contains(Topic.PARTY_EVENTS)
                .doesNotContain(Topic.LIVE_CALLS, Topic.PARTY_METRICS);
    }

    @Test
    void shouldSayWhatTheDelivererNeeds() {
        for (String output : new String[] {"live-calls", "party-events"}) {
            Settings settings = settings(Map.of("topics." + output, "off", "bootstrap.servers", "kafka:9092"));

            assertThatThrownBy(() -> DeliverSettings.of(settings, Map.of()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("topics." + output + " must be on for deliver: subscriptions to "
                            + output.replace('-', ' ') + " read it.");
        }
    }

    private static Settings settings(Map<String, String> given) {
        return Settings.load(given, Map.of(), Optional.empty());
    }
}

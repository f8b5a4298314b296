package io.callweave.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.deliver.app.DeliverOptions;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputSwitchesTest {

    @Test
    void shouldLeaveNothingOutByDefault() {
        Settings settings = settings(Map.of());

        assertThat(TopicPlan.off(settings)).isEmpty();
        assertThat(TopicPlan.of(settings).topics()).containsExactly(Topic.values());
    }

    @Test
    void shouldLeaveOutWhatIsOff() {
        Settings settings = settings(Map.of("topics.live-calls", "off", "topics.party-metrics", "off"));

        assertThat(TopicPlan.off(settings)).containsExactlyInAnyOrder(Topic.LIVE_CALLS, Topic.PARTY_METRICS);
        assertThat(TopicPlan.of(settings).topics())
                .contains(Topic.PARTY_EVENTS)
                .doesNotContain(Topic.LIVE_CALLS, Topic.PARTY_METRICS);
    }

    @Test
    void shouldSayWhatTheDelivererNeeds() {
        for (String output : new String[] {"live-calls", "party-events"}) {
            Settings settings = settings(Map.of("topics." + output, "off", "bootstrap.servers", "kafka:9092"));

            assertThatThrownBy(() -> DeliverOptions.of(settings, Map.of(), Optional.empty()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("topics." + output + " must be on for deliver: subscriptions to "
                            + output.replace('-', ' ') + " read it.");
        }
    }

    private static Settings settings(Map<String, String> given) {
        return Settings.load(given, Map.of(), Optional.empty());
    }
}

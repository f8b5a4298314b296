package io.callweave.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnBrokerSettingsTest {

    @Test
    void shouldKeepWhatTheUserSetForTheRolesBesideTheBroker() {
        String secret = "s".repeat(32) + "=*";
        Settings own = OwnBrokerSettings.of(
                Settings.load(
                        Map.of("console.port", "8093", "http.port", "8090", "deliver.timeout", "3s"),
                        Map.of("CALLWEAVE_CONSOLE_MASKING", "on", "CALLWEAVE_CONSOLE_TOKENS", secret),
                        Optional.empty()),
                Map.of("bootstrap.servers", "127.0.0.1:1"));

        assertThat(own.get(KnownSettings.CONSOLE_PORT)).isEqualTo(8093);
        assertThat(own.get(KnownSettings.CONSOLE_TOKENS)).isEqualTo(secret);
        assertThat(own.get(KnownSettings.CONSOLE_MASKING)).hasToString("ON");
        assertThat(own.get(KnownSettings.HTTP_PORT)).isEqualTo(8090);
        assertThat(own.get(KnownSettings.DELIVER_TIMEOUT)).hasSeconds(3);
    }

    @Test
    void shouldKeepHowNotificationsArePartitioned() {
        Settings own = OwnBrokerSettings.of(
                Settings.load(
                        Map.of("bridge.partition-by", "account", "bridge.accounts", "a.json"),
                        Map.of(),
                        Optional.empty()),
                Map.of());

        assertThat(own.get(KnownSettings.BRIDGE_PARTITION_BY)).hasToString("ACCOUNT");
        assertThat(own.texts()).doesNotContainKey("bridge.accounts");
    }

    @Test
    void shouldConnectToItsOwnBrokerOnPortsThatNobodyElseHas() {
        Settings own = OwnBrokerSettings.of(
                Settings.load(
                        Map.of("bootstrap.servers", "kafka-1:9092", "kafka.security.protocol", "SSL"),
                        Map.of(),
                        Optional.empty()),
                Map.of("bootstrap.servers", "127.0.0.1:1"));

        assertThat(own.get(KnownSettings.BOOTSTRAP_SERVERS)).hasToString("127.0.0.1:1");
        assertThat(own.kafkaClientOptions()).doesNotContainKey("security.protocol");
        assertThat(own.get(KnownSettings.HTTP_PORT)).isZero();
    }
}

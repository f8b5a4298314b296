package io.callweave.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.sasl.jaas.config",
                "kafka.ssl.key.password",
                "kafka.ssl.keystore.key",
                "kafka.ssl.truststore.password",
                "kafka.sasl.oauthbearer.assertion.private.key.passphrase",
                "kafka.sasl.oauthbearer.client.credentials.client.secret",
                "kafka.basic.auth.user.info",
                "console.api-key",
                "console.apiKey",
                "console.api-keys",
                "bridge.validation-token",
                "ringcentral.jwt",
                "ringcentral.client-secret"
            })
    void shouldMaskSecrets(String name) {
        assertThat(Secrets.masked(name, "hunter2")).isEqualTo("***");
    }

    @Test
    void shouldMaskThePathsOfAccounts() {
        assertThat(Secrets.masked("bridge.accounts", "1=/hush,2, 3=/hush-too")).isEqualTo("1=***,2, 3=***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u:hunter2", "hunter@2", "u:h@nt/er,2"})
    void shouldMaskTheUserOfAnAddress(String user) {
        assertThat(Secrets.masked(
                        "kafka.sasl.oauthbearer.jwks.endpoint.url",
                        "https://" + user + "@idp.example/keys or https://b.example/keys"))
                .isEqualTo("https://***@idp.example/keys or https://b.example/keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.key.serializer",
                "kafka.client.id",
                "kafka.sasl.oauthbearer.client.credentials.client.id",
                "kafka.partitioner.ignore.keys",
                "kafka.ssl.keystore.location",
                "kafka.ssl.keymanager.algorithm",
                "kafka.sasl.oauthbearer.assertion.private.key.file",
                "application.id"
            })
    void shouldShowNamesOfKeysAndIds(String name) {
        assertThat(Secrets.masked(name, "shown")).isEqualTo("shown");
    }
}

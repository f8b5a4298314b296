package io.callweave.deliver.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSourceTest {

    private static final String SECRET = SecretSource.generate();

    @TempDir
    private Path folder;

    @Test
    void shouldFindASecretInTheEnvironment() {
        SecretSource source =
                new SecretSource(SecretKeys.none(), Map.of("WEBHOOK_SECRET_CRM", SECRET), Optional.empty());

        assertThat(source.find(secret("env:WEBHOOK_SECRET_CRM"), "sub-1")).isEqualTo(SECRET);
    }

    @Test
    void shouldFindASecretInAFile() throws IOException {
        Files.writeString(folder.resolve("crm"), SECRET + "\n");
        SecretSource source = new SecretSource(SecretKeys.none(), Map.of(), Optional.of(folder));

        assertThat(source.find(secret("file:crm"), "sub-1")).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env:AWS_SECRET_ACCESS_KEY",
                "env:WEBHOOK_SECRET_",
                "file:/etc/passwd",
                "file:../keys",
                "file:.hidden",
                "file:",
                "vault:crm"
            })
    void shouldRefuseReferencesToAnythingElse(String reference) {
        assertThatThrownBy(() -> SecretSource.checked(reference))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("env:WEBHOOK_SECRET_NAME");
    }

    @Test
    void shouldSayWhatIsMissingOrWrongWithoutTheSecret() {
        SecretSource source =
                new SecretSource(SecretKeys.none(), Map.of("WEBHOOK_SECRET_CRM", "hunter2"), Optional.empty());

        assertThatThrownBy(() -> source.find(secret("env:WEBHOOK_SECRET_OTHER"), "sub-1"))
                .hasMessageContaining("WEBHOOK_SECRET_OTHER");
        assertThatThrownBy(() -> source.find(secret("file:crm"), "sub-1")).hasMessageContaining("file:crm");
        assertThatThrownBy(() -> source.find(secret("env:WEBHOOK_SECRET_CRM"), "sub-1"))
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("hunter2");
    }

    /** Who may write to the topic of subscriptions need not ask the API. */
    @Test
    void shouldFindNothingElseWhateverIsStored() throws IOException {
        Files.writeString(folder.resolve("keys"), SECRET);
        SecretSource source = new SecretSource(
                SecretKeys.none(),
                Map.of("OTHER", SECRET),
                Optional.of(Files.createDirectory(folder.resolve("secrets"))));

        for (String stored : new String[] {"env:OTHER", "file:../keys", "file:" + folder.resolve("keys")}) {
            assertThatThrownBy(() -> source.find(secret(stored), "sub-1"))
                    .hasMessageContaining("env:WEBHOOK_SECRET_NAME");
        }
    }

    @Test
    void shouldNotPrintWhatIsStored() {
        assertThat(secret("aes:0123")).asString().startsWith("aes:").doesNotContain("0123");
    }

    private static SigningSecret secret(String stored) {
        return new SigningSecret(stored, null);
    }
}

package io.callweave.deliver.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeysTest {

    private static final String OLD = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    @Test
    void shouldDecryptWhatItEncrypted() throws IOException {
        SecretKeys keys = keys(NEW);

        String stored = keys.encrypt("whsec_secret", "sub-1");

        assertThat(stored).startsWith("aes:").doesNotContain("secret");
        assertThat(keys.decrypt(stored, "sub-1")).isEqualTo("whsec_secret");
    }

    @Test
    void shouldEncryptTheSameSecretDifferentlyEachTime() throws IOException {
        SecretKeys keys = keys(NEW);

        assertThat(keys.encrypt("whsec_secret", "sub-1")).isNotEqualTo(keys.encrypt("whsec_secret", "sub-1"));
    }

    @Test
    void shouldDecryptWithAnOlderKeyAndEncryptWithTheFirst() throws IOException {
        String stored = keys(OLD).encrypt("whsec_secret", "sub-1");
        SecretKeys both = keys(NEW, OLD);

        assertThat(both.decrypt(stored, "sub-1")).isEqualTo("whsec_secret");
        assertThat(keys(NEW).decrypt(both.encrypt("whsec_other", "sub-1"), "sub-1"))
                .isEqualTo("whsec_other");
    }

    @Test
    void shouldNotDecryptTheSecretOfAnotherSubscription() throws IOException {
        SecretKeys keys = keys(NEW);
        String stored = keys.encrypt("whsec_secret", "sub-1");

        assertThatThrownBy(() -> keys.decrypt(stored, "sub-2"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("sub-2");
    }

    @Test
    void shouldSayThatAKeyIsMissing() throws IOException {
        String stored = keys(OLD).encrypt("whsec_secret", "sub-1");

        assertThatThrownBy(() -> keys(NEW).decrypt(stored, "sub-1")).hasMessageContaining("deliver.key-file");
        assertThatThrownBy(() -> SecretKeys.none().encrypt("whsec_secret", "sub-1"))
                .hasMessageContaining("deliver.key-file");
    }

    @Test
    void shouldNotQuoteTheFileThatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "hunter2 is not Base64 of 32 bytes");

        assertThatThrownBy(() -> SecretKeys.read(file))
                .hasMessageContaining("32 bytes in Base64")
                .hasMessageNotContaining("hunter2");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThatThrownBy(() -> SecretKeys.read(empty)).hasMessageContaining("32 bytes in Base64");
        assertThatThrownBy(() -> SecretKeys.read(folder.resolve("none")))
                .hasMessageContaining("cannot be read: it does not exist.");
    }

    private SecretKeys keys(String... lines) throws IOException {
        return SecretKeys.read(Files.write(folder.resolve("keys"), List.of(lines)));
    }
}

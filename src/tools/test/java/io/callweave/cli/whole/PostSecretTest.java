package io.callweave.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.deliver.subscription.SecretSource;
import io.callweave.files.LocalException;
import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostSecretTest {

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheSecretOfTheFirstStartForItsOwnerOnly() throws IOException {
        PostSecret first = PostSecret.of(null, directory);
        PostSecret second = PostSecret.of("", directory);

        assertThat(SecretSource.isSecret(first.text())).isTrue();
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.inWords()).as("a new one is shown").contains(first.text());
        assertThat(second.inWords()).doesNotContain(first.text()).contains(PostSecret.FILE);
        assertThat(Files.getPosixFilePermissions(directory.resolve(PostSecret.FILE)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldTakeTheSecretOfTheEnvironmentAndKeepItNowhere() {
        String given = SecretSource.generate();

        PostSecret secret = PostSecret.of(given, directory);

        assertThat(secret.text()).isEqualTo(given);
        assertThat(secret.inWords()).doesNotContain(given);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseWhatIsNoSecretWithoutShowingIt() throws IOException {
        Files.writeString(directory.resolve(PostSecret.FILE), "hunter2");

        assertThatThrownBy(() -> PostSecret.check("hunter2"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("WEBHOOK_SECRET must be whsec_")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> PostSecret.of(null, directory))
                .isInstanceOf(LocalException.class)
                .hasMessageNotContaining("hunter2");
    }
}

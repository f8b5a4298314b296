package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.bridge.account.Privacy;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacySettingsTest {

    private static final String KEY = "a key for tests only";

    @TempDir
    private Path folder;

    private final Map<String, String> set = new HashMap<>();

    @Test
    void shouldLeaveEverythingWhereNothingIsSet() {
        assertThat(PrivacySettings.byAccount(settings()).apply("1")).isEqualTo(Privacy.NONE);
        assertThat(PrivacySettings.key(settings())).isNull();
    }

    @Test
    void shouldGiveEachAccountItsOwn() throws IOException {
        Path accounts =
                Files.writeString(folder.resolve("accounts.properties"), "account.1.privacy=hash\naccount.2=\n");
        set.put("bridge.accounts-file", accounts.toString());
        set.put("bridge.privacy", "mask");
        set.put("bridge.privacy-key", KEY);

        var privacy = PrivacySettings.byAccount(settings());

        assertThat(privacy.apply("1")).isEqualTo(Privacy.HASH);
        assertThat(privacy.apply("2")).isEqualTo(Privacy.MASK);
        assertThat(privacy.apply("3")).isEqualTo(Privacy.MASK);
        assertThat(privacy.apply(null)).isEqualTo(Privacy.MASK);
        assertThat(PrivacySettings.key(settings())).asString().isEqualTo(KEY);
    }

    @Test
    void shouldRefuseToHashWithoutAKey() {
        set.put("bridge.privacy", "hash");

        assertThatThrownBy(() -> PrivacySettings.byAccount(settings()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("bridge.privacy-key");
    }

    @Test
    void shouldRefuseWrongAccounts() {
        set.put("bridge.accounts-file", folder.resolve("absent").toString());

        assertThatThrownBy(() -> PrivacySettings.byAccount(settings()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("absent");
    }

    private Settings settings() {
        return Settings.load(set, Map.of(), Optional.empty());
    }
}

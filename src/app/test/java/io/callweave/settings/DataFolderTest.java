package io.callweave.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataFolderTest {

    @Test
    void shouldBeBelowTheHomeDirectory() {
        assertThat(DataFolder.in(Map.of("HOME", "/home/ann"))).contains(Path.of("/home/ann/.local/state/callweave"));
    }

    @Test
    void shouldPreferTheStateFolderOfTheDesktopStandard() {
        assertThat(DataFolder.in(Map.of("HOME", "/home/ann", "XDG_STATE_HOME", "/data")))
                .contains(Path.of("/data/callweave"));
    }

    @Test
    void shouldPreferTheStateDirectoryOfSystemd() {
        assertThat(DataFolder.in(Map.of(
                        "HOME", "/home/ann", "XDG_STATE_HOME", "/data", "STATE_DIRECTORY", "/var/lib/callweave")))
                .contains(Path.of("/var/lib/callweave"));
    }

    @Test
    void shouldUseTheFirstOfSeveralStateDirectories() {
        assertThat(DataFolder.in(Map.of("STATE_DIRECTORY", "/var/lib/callweave:/var/lib/other")))
                .contains(Path.of("/var/lib/callweave"));
    }

    @Test
    void shouldIgnoreRelativePaths() {
        assertThat(DataFolder.in(Map.of("HOME", "/home/ann", "XDG_STATE_HOME", "data", "STATE_DIRECTORY", "here")))
                .contains(Path.of("/home/ann/.local/state/callweave"));
    }

    @Test
    void shouldAskJavaForTheHomeDirectoryIfTheEnvironmentDoesNotNameIt() {
        assertThat(DataFolder.in(Map.of()))
                .contains(Path.of(System.getProperty("user.home"), ".local/state/callweave"));
    }

    @Test
    void shouldBeTheDefaultOfStateAndSpool() {
        Settings settings = Settings.load(Map.of(), Map.of("STATE_DIRECTORY", "/var/lib/callweave"), Optional.empty());

        assertThat(settings.get(KnownSettings.STATE_DIR)).isEqualTo(Path.of("/var/lib/callweave/state"));
        assertThat(settings.get(KnownSettings.BRIDGE_SPOOL_DIR)).isEqualTo(Path.of("/var/lib/callweave/spool"));
        assertThat(settings.kafkaStreamsOptions()).containsEntry("state.dir", "/var/lib/callweave/state");
    }
}

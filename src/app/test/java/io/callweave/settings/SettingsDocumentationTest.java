package io.callweave.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.documentation.GeneratedParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDocumentationTest {

    private static final Path DOCUMENT = Path.of("docs", "settings.md");

    @Test
    void shouldHoldTheTableOfTheDeclarations() throws Exception {
        GeneratedParts.assertOn(DOCUMENT, Map.of("settings", SettingsTable.markdown()), "SettingsDocumentationTest");
    }

    @Test
    void shouldHaveAnExampleThatWorks(@TempDir Path folder) throws Exception {
        String document = Files.readString(DOCUMENT, StandardCharsets.UTF_8);
        String example = document.split("```properties\n", 2)[1].split("```", 2)[0];
        Path file = Files.writeString(folder.resolve("callweave.properties"), example, StandardCharsets.UTF_8);

        Settings settings = Settings.load(Map.of(), Map.of(), Optional.of(file));

        assertThat(settings.get(KnownSettings.COMPLETION_LINGER)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.kafkaStreamsOptions())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("num.stream.threads", "4");
    }
}

package io.callweave.settings;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final String BEGIN = "<!-- settings: begin -->\n";
    private static final String END = "<!-- settings: end -->\n";

    @Test
    void shouldHoldTheTableOfTheDeclarations() throws Exception {
        String document = Files.readString(DOCUMENT, StandardCharsets.UTF_8);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(end).isGreaterThanOrEqualTo(begin);

        String current = document.substring(0, begin) + SettingsTable.markdown() + document.substring(end);
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(DOCUMENT, current, StandardCharsets.UTF_8);
        } else {
            assertThat(document)
                    .as("docs/settings.md is stale; to write it anew: "
                            + "mvn test -Dtest=SettingsDocumentationTest -Dcallweave.write-docs=true")
                    .isEqualTo(current);
        }
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

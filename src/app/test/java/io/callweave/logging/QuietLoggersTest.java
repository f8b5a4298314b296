package io.callweave.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QuietLoggersTest {

    private static final Pattern QUIET = Pattern.compile("<logger name=\"([\\w.]+)\" level=\"(ERROR|OFF)\"/>");

    /** Who looks for a hidden message must find out that it is hidden. */
    @Test
    void shouldNameEachQuietLoggerInTheOperatorsDocument() throws Exception {
        String document = Files.readString(Path.of("docs", "operate.md"), StandardCharsets.UTF_8);
        String configuration =
                Files.readString(Path.of("src", "app", "main", "resources", "logback.xml"), StandardCharsets.UTF_8);

        List<String> rows = QUIET.matcher(configuration)
                .results()
                .map(logger -> "\n`" + logger.group(1) + "` | " + logger.group(2) + " |")
                .toList();

        assertThat(rows).isNotEmpty().allMatch(document::contains);
    }
}

package io.callweave.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ManPageDocumentationTest {

    private static final Path PAGE = Path.of("docs", "man", "callweave.1");

    @Test
    void shouldSayWhatTheCommandsSayOfThemselves() throws IOException {
        String made = ManPage.of(Callweave.commandLine());
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, made);
        }

        assertThat(made).contains(".SS callweave topics create\n", "\n.B \\-\\-replication\\-factor N\n");
        assertThat(PAGE)
                .as(
                        "docs/man/callweave.1 is stale; to write it anew: mvn test -Dtest=ManPageDocumentationTest -Dcallweave.write-docs=true")
                .hasContent(made);
    }
}

package io.callweave.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.local.BoundPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:hunter2@127.0.0.1:1/webhooks/1",
                "http://hunter2@127.0.0.1:1/webhooks/1",
                "http://user:hunter2 @127.0.0.1:1/",
                "http://user:hunter2/more@127.0.0.1:1/",
                "ftp://user:hunter2@127.0.0.1/",
                "user:hunter2@127.0.0.1"
            })
    void shouldNotRepeatAPassword(String url) throws IOException {
        String said = replay(url, ExitStatus.WRONG_USAGE);

        assertThat(said).contains("--url").doesNotContain("hunter2");
    }

    @Test
    void shouldNotRepeatWhatFollowsThePath() throws IOException {
        try (BoundPort nobody = new BoundPort()) {
            String url = "http://127.0.0.1:" + nobody.number() + "/webhooks/1";

            String said = replay(url + "?password=hunter2", ExitStatus.FAILED);

            assertThat(said)
                    .contains("The bridge at " + url + " does not answer")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void shouldTakeAnAddressWithAnAtSignInItsPath() {
        assertThat(new WebhookUrl().convert("https://hooks.example.com/@one"))
                .isEqualTo(URI.create("https://hooks.example.com/@one"));
    }

    private String replay(String url, int status) throws IOException {
        Path file = Files.writeString(directory.resolve("in.ndjson"), "{}\n");
        StringWriter said = new StringWriter();
        int actual = Callweave.commandLine()
                .setErr(new PrintWriter(said, true))
                .setOut(new PrintWriter(said, true))
                .execute("replay", file.toString(), "--url", url);
        assertThat(actual).as(said.toString()).isEqualTo(status);
        return said.toString();
    }
}

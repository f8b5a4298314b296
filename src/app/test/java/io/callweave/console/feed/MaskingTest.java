package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.directory.DirectoryEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MaskingTest {

    @Test
    void shouldHideNumbersAndNamesOfARecord() throws IOException {
        byte[] record = Files.readAllBytes(Path.of("docs/examples/call.json"));

        String masked = new String(Masking.ON.json(record), StandardCharsets.UTF_8);

        assertThat(masked)
                .contains("\"+XXXXXXXXX02\"", "\"callId\": \"s-718107795d564867a6f635fd81e89940\"")
                .doesNotContain("5550100002", "Caller 1", "Agent 1");
        assertThat(Masking.OFF.json(record)).isSameAs(record);
    }

    @Test
    void shouldKeepEqualNamesEqual() {
        assertThat(Masking.masked("Ann Lee"))
                .isEqualTo(Masking.masked("Ann Lee"))
                .isNotEqualTo(Masking.masked("Ben"))
                .doesNotContain("Ann");
    }

    @Test
    void shouldHideThePeopleOfTheDirectoryButNotItsQueues() {
        DirectoryEntry queue = new DirectoryEntry("1", "50", "Sales", DirectoryEntry.QUEUE, null, null, null);
        DirectoryEntry dana = new DirectoryEntry("1", "104", "Dana", DirectoryEntry.USER, null, null, null);

        assertThat(Masking.ON.entry(queue)).isEqualTo(queue);
        assertThat(Masking.ON.entry(dana).name()).startsWith("Name ");
        assertThat(Masking.OFF.entry(dana)).isEqualTo(dana);
    }
}

package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What RingCentral lists changes only what was read from there before. */
class DirectoryContentTest {

    private static final DirectoryEntry LOADED = entry("101", "Anna from a file");
    private static final DirectoryEntry SYNCED = entry("102", "Ben");
    private static final DirectoryEntry GONE = entry("103", "Cleo");

    private final DirectoryTopic.Content content = new DirectoryTopic.Content(
            Map.of(LOADED.key(), LOADED, SYNCED.key(), SYNCED, GONE.key(), GONE),
            Set.of(SYNCED.key(), GONE.key()),
            Set.of());

    @Test
    void shouldKeepWhatWasLoadedAndDeleteOnlyWhatWasRead() {
        DirectoryChanges changes =
                content.to(List.of(entry("101", "Anna"), entry("102", "Benjamin"), entry("104", "Dana")), true, true);

        assertThat(changes.inWords())
                .containsExactly("new 1/104", "changed 1/102  name: \"Ben\" \u2192 \"Benjamin\"", "deleted 1/103");
    }

    @Test
    void shouldDeleteNothingIfTheListIsNotWhole() {
        assertThat(content.to(List.of(SYNCED), false, true).isEmpty()).isTrue();
    }

    @Test
    void shouldDeleteNothingIfNothingIsListed() {
        assertThat(content.to(List.of(), true, true).isEmpty()).isTrue();
    }

    /** The directory does not show all of them. */
    @Test
    void shouldKeepQueuesWhileTheyMayNotBeListed() {
        DirectoryEntry queue = new DirectoryEntry("1", "201", "Hidden queue", "queue", null, null, null);
        DirectoryTopic.Content before = new DirectoryTopic.Content(
                Map.of(queue.key(), queue, GONE.key(), GONE), Set.of(queue.key(), GONE.key()), Set.of());

        DirectoryChanges changes = before.to(List.of(SYNCED), true, false);

        assertThat(changes.deleted()).containsExactly(GONE.key());
    }

    private static DirectoryEntry entry(String extension, String name) {
        return new DirectoryEntry("1", extension, name, "user", null, null, null);
    }
}

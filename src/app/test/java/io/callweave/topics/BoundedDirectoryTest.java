package io.callweave.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryJson;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundedDirectoryTest {

    private static final int MANY = 1_000;

    /** Room for about 480 entries with names of ten letters, and of one account for 240. */
    private static final long MOST = 100_000;

    private final BoundedDirectory directory = new BoundedDirectory(UnaryOperator.identity(), MOST);

    @Test
    void shouldKeepTheFirstOfAnAccountThatHasTooMany() {
        learnMany("1");

        int kept = directory.size();
        assertThat(kept).isBetween(100, 300);
        assertThat(name("1", 0)).isEqualTo("0123456789");
        assertThat(name("1", kept - 1)).isEqualTo("0123456789");
        assertThat(name("1", kept)).isNull();
    }

    @Test
    void shouldKeepAllOfASmallAccountBesideLargeOnes() {
        learnMany("1");
        learnMany("2");
        int before = directory.size();
        for (int i = 0; i < 50; i++) {
            learn("3", i, "Dana Reyes");
        }

        assertThat(directory.of("3"::equals)).hasSize(50);
        assertThat(directory.size()).isBetween(before - 10, before + 10);
        assertThat(name("1", 0)).isNotNull();
        assertThat(name("2", 0)).isNotNull();
        assertThat(name("3", 0)).isNotNull();
    }

    @Test
    void shouldCountTheLengthOfNames() {
        learnMany("1");
        int kept = directory.size();
        for (int i = 0; i < MANY; i++) {
            learn("2", i, "\u0416".repeat(250));
        }

        assertThat(directory.of("2"::equals)).hasSizeBetween(1, kept / 3);
    }

    @Test
    void shouldHaveRoomAgainWhenEntriesAreDeletedOrBecomeShorter() {
        learnMany("1");
        int kept = directory.size();

        directory.learn("1/0".getBytes(UTF_8), null);
        learn("1", MANY, "Dana Reyes");
        assertThat(name("1", MANY)).isEqualTo("Dana Reyes");
        learn("1", MANY + 1, "Dana Reyes");
        assertThat(name("1", MANY + 1)).isNull();

        for (int i = 1; i < kept; i++) {
            learn("1", i, "D");
        }
        learn("1", MANY + 1, "Dana Reyes");
        assertThat(name("1", MANY + 1)).isEqualTo("Dana Reyes");
    }

    @Test
    void shouldKnowNothingOfAnExtensionWhoseNewNameHasNoRoom() {
        learnMany("1");
        int kept = directory.size();

        learn("1", 0, "\u0416".repeat(250));

        assertThat(name("1", 0)).isNull();
        assertThat(directory.size()).isEqualTo(kept - 1);
    }

    @Test
    void shouldBeEmptyWhenAllIsDeleted() {
        learnMany("1");
        learnMany("2");
        for (int i = 0; i < MANY; i++) {
            directory.learn(("1/" + i).getBytes(UTF_8), null);
            directory.learn(("2/" + i).getBytes(UTF_8), null);
        }

        assertThat(directory.size()).isZero();
        learnMany("3");
        assertThat(directory.size()).isBetween(100, 300);
    }

    private void learnMany(String account) {
        for (int i = 0; i < MANY; i++) {
            learn(account, i, "0123456789");
        }
    }

    private void learn(String account, int extension, String name) {
        DirectoryEntry entry =
                new DirectoryEntry(account, Integer.toString(extension), name, DirectoryEntry.USER, null, null, null);
        directory.learn(entry.key().getBytes(UTF_8), DirectoryJson.write(entry));
    }

    private @Nullable String name(String account, int extension) {
        DirectoryEntry entry = directory.find(account, Integer.toString(extension));
        return entry == null ? null : entry.name();
    }
}

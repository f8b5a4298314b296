package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentBoardsTest {

    private static final Instant NOW = Instant.parse("2026-03-12T15:30:00Z");
    private static final AccountScope OF_A = new AccountScope(Set.of("A"));
    private static final AccountScope OF_B = new AccountScope(Set.of("B"));

    private final RecentBoards boards = new RecentBoards();

    @Test
    void shouldMakeABoardOnceASecondForThoseWhoSeeTheSame() {
        assertThat(boards.get(NOW, OF_A, null, () -> "first")).isEqualTo("first");
        assertThat(boards.get(NOW.plusMillis(999), OF_A, null, () -> "second")).isEqualTo("first");
        assertThat(boards.get(NOW.plusMillis(1_000), OF_A, null, () -> "third")).isEqualTo("third");
    }

    @Test
    void shouldNotShowABoardToThoseWhoSeeOtherAccounts() {
        assertThat(boards.get(NOW, OF_A, null, () -> "of A")).isEqualTo("of A");
        assertThat(boards.get(NOW, OF_B, null, () -> "of B")).isEqualTo("of B");
        assertThat(boards.get(NOW, AccountScope.OPERATOR, null, () -> "all")).isEqualTo("all");
        assertThat(boards.get(NOW, AccountScope.OPERATOR, "A", () -> "only A")).isEqualTo("only A");
    }

    @Test
    void shouldForgetBoardsIfManyAreAskedFor() {
        for (int i = 0; i < 1_000; i++) {
            boards.get(NOW, OF_A, "account " + i, () -> "x");
        }

        assertThat(boards.get(NOW, OF_A, "account 0", () -> "made again")).isEqualTo("made again");
    }
}

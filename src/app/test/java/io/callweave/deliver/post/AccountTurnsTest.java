package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AccountTurnsTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final AccountTurns turns = new AccountTurns(threads::add, 2);
    private final List<String> done = new ArrayList<>();

    @Test
    void shouldLetAnAccountWaitForOneWorkOfAnotherAndNotForAll() {
        for (int i = 1; i <= 100; i++) {
            execute("a", "a" + i);
        }
        execute("b", "b1");
        execute("b", "b2");

        assertThat(threads).hasSize(2);
        run();

        assertThat(done)
                .startsWith("a1", "b1", "a2", "b2", "a3", "a4")
                .endsWith("a100")
                .hasSize(102);
        execute("b", "b3");
        run();
        assertThat(done).endsWith("b3");
    }

    /** Each can take long, such as the body of a call of megabytes. */
    @Test
    void shouldKeepThreadsForOthersWhileWorksOfAnAccountRun() {
        turns.execute("a", () -> {
            run();
            done.add("a1");
        });
        execute("a", "a2");
        execute("b", "b1");

        run();

        assertThat(done).containsExactly("b1", "a1", "a2");
    }

    @Test
    void shouldGoOnAfterAWorkThatFails() {
        turns.execute("a", () -> {
            throw new IllegalStateException("on purpose");
        });
        execute("a", "a2");

        run();

        assertThat(done).containsExactly("a2");
    }

    private void execute(String account, String name) {
        turns.execute(account, () -> done.add(name));
    }

    private void run() {
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            try {
                next.run();
            } catch (IllegalStateException onPurpose) {
                // As a thread of a pool does.
            }
        }
    }
}

package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountMemoryTest {

    private final AccountMemory memory = new AccountMemory(100, 150);
    private final List<String> done = new ArrayList<>();

    /** A slow endpoint keeps the body of a post for long. */
    @Test
    void shouldLetAnAccountWaitThatHasMuch() {
        memory.hold("a", 99);
        await("a", 10, "a1");
        await("a", 10, "a2");
        await("b", 10, "b1");
        assertThat(done).containsExactly("a1", "b1");

        memory.drop("a", 10);
        assertThat(done).containsExactly("a1", "b1", "a2");
    }

    @Test
    void shouldLetOnlyThoseBeginWhoHaveNothingWhenAllTogetherHaveMuch() {
        memory.hold("a", 90);
        memory.hold("b", 90);
        await("a", 1, "a1");
        await("c", 1, "c1");
        await("c", 1, "c2");
        assertThat(done).containsExactly("c1");

        memory.drop("b", 90);
        assertThat(done).containsExactly("c1", "a1", "c2");
    }

    @Test
    void shouldLeaveRoomForWhatIsPostedBesideWhatIsKeptBeforeItsTurn() {
        assertThat(memory.keep("a", 26)).isFalse();
        assertThat(memory.keep("a", 25)).isTrue();
        assertThat(memory.keep("a", 1)).isFalse();
        assertThat(memory.keep("b", 25)).isTrue();
        memory.hold("c", 20);
        assertThat(memory.keep("d", 6)).as("all have half").isFalse();

        memory.drop("a", 25);
        assertThat(memory.keep("d", 6)).isTrue();
    }

    /** Such as all webhooks of a partition that another instance takes over. */
    @Test
    void shouldPassThousandsThatNeedNoRoomAnyMore() {
        memory.hold("a", 150);
        for (int i = 0; i < 10_000; i++) {
            String name = "a" + i;
            memory.await("a", 1, () -> {
                memory.drop("a", 1);
                done.add(name);
            });
        }

        memory.drop("a", 150);

        assertThat(done).hasSize(10_000);
        assertThat(memory.keep("a", 25)).isTrue();
    }

    private void await(String account, long bytes, String name) {
        memory.await(account, bytes, () -> done.add(name));
    }
}

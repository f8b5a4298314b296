package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However many extensions and queues the calls of a tenant name, the memory that they need has a bound. */
class KnownAgentsTest {

    private final KnownAgents agents = new KnownAgents();

    @Test
    void shouldKnowNoMoreAgentsOfAnAccountThanThereIsRoomFor() {
        for (int i = 0; i <= KnownAgents.MOST_OF_ACCOUNT; i++) {
            agents.learn("1", List.of(new KnownAgents.Seen("e" + i, null, 5)), 10);
        }
        agents.learn("1", List.of(new KnownAgents.Seen("e0", null, 7)), 20);
        agents.learn("2", List.of(new KnownAgents.Seen("e0", null, 6)), 10);

        assertThat(agents.of("1", "e" + KnownAgents.MOST_OF_ACCOUNT).lastEnd()).isNull();
        assertThat(agents.of("1", "e0").lastEnd()).isEqualTo(7);
        assertThat(agents.of("2", "e0").lastEnd()).as("of another account").isEqualTo(6);

        agents.forget(Map.of("1", 15L, "2", 10L));
        assertThat(agents.of("2", "e0").lastEnd()).as("whose call is kept").isEqualTo(6);
        agents.learn("1", List.of(new KnownAgents.Seen("new", null, 8)), 20);
        assertThat(agents.of("1", "new").lastEnd()).as("once there is room").isEqualTo(8);
    }

    @Test
    void shouldKnowNoMoreThanThereIsMemoryFor() {
        KnownAgents few = new KnownAgents(40_000);
        for (int i = 0; i < 50; i++) {
            few.learn("1", List.of(new KnownAgents.Seen("e" + i, "q" + i, 5)), 10 + i);
        }
        few.learn("2", List.of(new KnownAgents.Seen("e49", "7".repeat(101), 6)), 10);

        assertThat(few.of("1", "e20").lastEnd()).isEqualTo(5);
        assertThat(few.of("1", "e49").lastEnd()).isNull();
        assertThat(few.of("2", "e49").lastEnd()).as("of another account").isEqualTo(6);
        assertThat(few.of("2", "e49").queues())
                .as("with an id that is too long")
                .isEmpty();

        few.forget(Map.of("1", 30L, "2", 10L));
        few.learn("1", List.of(new KnownAgents.Seen("e49", "q49", 8)), 60);
        assertThat(few.of("1", "e49").queues()).as("once there is room").containsExactly("q49");
    }

    @Test
    void shouldKnowTheAgentsOfAnAccountThatHasFewWhateverOthersHave() {
        KnownAgents few = new KnownAgents(40_000);
        for (int i = 0; i < 1_000; i++) {
            few.learn("other " + i % 8, List.of(new KnownAgents.Seen("e" + i, "q" + i, 5)), 10);
        }

        for (int i = 0; i < 9; i++) {
            few.learn("1", List.of(new KnownAgents.Seen("e" + i, "q", 6)), 10);
        }
        for (int i = 0; i < 1_000; i++) {
            few.learn("other " + i % 8, List.of(new KnownAgents.Seen("x" + i, "q" + i, 5)), 10);
        }

        for (int i = 0; i < 9; i++) {
            assertThat(few.of("1", "e" + i).queues()).containsExactly("q");
        }
        assertThat(IntStream.range(0, 2_000)
                        .filter(i -> few.of("other " + i % 8, (i < 1_000 ? "e" : "x") + i % 1_000)
                                        .lastEnd()
                                != null))
                .hasSizeLessThan(250);
    }

    @Test
    void shouldKnowNoMoreQueuesOfAnAgentThanThereIsRoomFor() {
        agents.learn(
                "1",
                IntStream.rangeClosed(0, KnownAgents.MOST_QUEUES)
                        .mapToObj(queue -> new KnownAgents.Seen("e", "q" + queue, 5))
                        .toList(),
                10);

        assertThat(agents.of("1", "e").queues()).hasSize(KnownAgents.MOST_QUEUES);
    }
}

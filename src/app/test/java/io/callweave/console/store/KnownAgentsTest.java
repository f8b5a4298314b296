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

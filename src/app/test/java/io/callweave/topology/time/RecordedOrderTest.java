package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedOrderTest {

    private final RecordedOrder<String> order = new RecordedOrder<>(2);

    @Test
    void shouldGiveNothingUntilAllPartitionsWereHeardOf() {
        order.add(0, 100, "first");

        assertThat(taken()).isEmpty();
        assertThat(order.now()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldFollowTheTimeAndNotHowFarAPartitionIsRead() {
        order.add(0, 100, "first");
        order.add(0, 300, "third");
        order.add(0, 500, "last");
        assertThat(taken()).isEmpty();

        order.add(1, 200, "second");
        assertThat(taken()).containsExactly("first", "second");

        order.reach(1, 400);
        assertThat(taken()).containsExactly("third");
        assertThat(order.now()).isEqualTo(400);
    }

    @Test
    void shouldLeaveElementsOfOneTimeAsTheyCame() {
        order.add(1, 100, "b1");
        order.add(0, 100, "a1");
        order.add(0, 100, "a2");
        order.add(1, 100, "b2");

        assertThat(taken()).containsExactly("b1", "a1", "a2", "b2");
    }

    @Test
    void shouldNotGoBack() {
        order.reach(0, 500);
        order.reach(1, 500);
        order.reach(0, 100);

        assertThat(order.now()).isEqualTo(500);
    }

    private List<String> taken() {
        List<String> taken = new ArrayList<>();
        for (String next = order.poll(); next != null; next = order.poll()) {
            taken.add(next);
        }
        return taken;
    }
}

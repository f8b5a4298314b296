package io.callweave.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void shouldBeReadyOnlyWhileRunning() {
        for (State state : State.values()) {
            assertThat(Health.of(state).ready()).as(state.name()).isEqualTo(state == State.RUNNING);
        }
    }

    @Test
    void shouldBeAliveWhileItRestoresOrRebalancesAndNotOnceItFailed() {
        assertThat(Health.of(State.CREATED).live()).isTrue();
        assertThat(Health.of(State.REBALANCING).live()).isTrue();
        assertThat(Health.of(State.PENDING_SHUTDOWN).live()).isTrue();
        assertThat(Health.of(State.PENDING_ERROR).live()).isFalse();
        assertThat(Health.of(State.ERROR).live()).isFalse();
    }
}

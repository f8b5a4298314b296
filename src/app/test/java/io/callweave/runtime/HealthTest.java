package io.callweave.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldBeReadyOnlyWhileRunning() {
        for (State state : State.values()) {
            assertThat(well(state).ready()).as(state.name()).isEqualTo(state == State.RUNNING);
        }
    }

    @Test
    void shouldBeAliveWhileItRestoresOrRebalancesAndNotOnceItFailed() {
        assertThat(well(State.CREATED).live()).isTrue();
        assertThat(well(State.REBALANCING).live()).isTrue();
        assertThat(well(State.PENDING_SHUTDOWN).live()).isTrue();
        assertThat(well(State.PENDING_ERROR).live()).isFalse();
        assertThat(well(State.ERROR).live()).isFalse();
    }

    @Test
    void shouldBeAliveAndNotReadyWhenNoBrokerHasAnsweredForMoreThanTwentySeconds() {
        Health at20 = Health.of(State.RUNNING, Duration.ofSeconds(20), Optional.empty(), Optional.empty());
        Health after20 = Health.of(State.RUNNING, Duration.ofMillis(20_001), Optional.empty(), Optional.empty());

        assertThat(at20.ready()).isTrue();
        assertThat(after20.ready()).isFalse();
        assertThat(after20.live()).isTrue();
        assertThat(after20.reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("No Kafka broker has answered for 20 s."));
    }

    @Test
    void shouldNotBeAliveWhileWorkStandsStill() {
        Health health = Health.of(State.RUNNING, SECOND, Optional.of("Partition p-1 stands still."), Optional.empty());

        assertThat(health).isEqualTo(new Health(false, false, "RUNNING", Optional.of("Partition p-1 stands still.")));
    }

    @Test
    void shouldSayWhatIsLeftToRestore() {
        Optional<String> left = Optional.of("7 records are left.");

        assertThat(Health.of(State.REBALANCING, SECOND, Optional.empty(), left).reason())
                .isEqualTo(left);
        assertThat(Health.of(State.RUNNING, SECOND, Optional.empty(), left).reason())
                .isEmpty();
    }

    private static Health well(State state) {
        return Health.of(state, SECOND, Optional.empty(), Optional.empty());
    }
}

package io.callweave.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoresTest {

    private static final TopicPartition FIRST = new TopicPartition("changelog", 0);
    private static final TopicPartition SECOND = new TopicPartition("changelog", 1);

    private final Restores restores = new Restores(() -> 0);

    @Test
    void shouldSayHowManyPartitionsAndRecordsAreLeft() {
        restores.onRestoreStart(FIRST, "calls", 100, 2_100);
        restores.onRestoreStart(SECOND, "calls", 0, 500);
        restores.onBatchRestored(FIRST, "calls", 599, 500);

        assertThat(restores.inWords()).hasValue("The state is restored from Kafka; left: partitions 2, records 2,000.");
        assertThat(restores.isAny()).isTrue();
    }

    @Test
    void shouldSayNothingOnceAllIsRestoredOrGivenAway() {
        restores.onRestoreStart(FIRST, "calls", 0, 10);
        restores.onRestoreStart(SECOND, "calls", 0, 10);
        restores.onRestoreEnd(FIRST, "calls", 10);
        restores.onRestoreSuspended(SECOND, "calls", 3);

        assertThat(restores.inWords()).isEmpty();
        assertThat(restores.isAny()).isFalse();
    }
}

package io.callweave.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.notification.RoutingResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordedTimestampsTest {

    private static final Receipt RECEIPT = new Receipt("file", 9_000, "file:1");

    private final TimestampSource timestamps = new RecordedTimestamps(value -> 500L);

    @Test
    void shouldTakeTheTimestampOfEachLine() {
        assertThat(at(timestamps, 1_000L)).isEqualTo(1_000);
        assertThat(at(timestamps, 2_000L)).isEqualTo(2_000);
    }

    @Test
    void shouldNeverGoBelowTheLineBefore() {
        at(timestamps, 2_000L);

        assertThat(at(timestamps, 1_000L)).isEqualTo(2_000);
    }

    @Test
    void shouldTakeTheLineBeforeWhereThereIsNone() {
        at(timestamps, 1_000L);

        assertThat(at(timestamps, null)).isEqualTo(1_000);
    }

    @Test
    void shouldBeginWithTheEventTimeOfALineThatHasNone() {
        assertThat(at(timestamps, null)).isEqualTo(500);
    }

    @Test
    void shouldBeginWithTheReceiptWhereThereIsNoTimeAtAll() {
        assertThat(at(new RecordedTimestamps(value -> null), null)).isEqualTo(9_000);
    }

    private static long at(TimestampSource timestamps, @Nullable Long timestamp) {
        return timestamps.of(new byte[0], new RoutingResult.Keyed("s-1", null, timestamp), RECEIPT);
    }
}

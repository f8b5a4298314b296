package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkScheduleTest {

    private static final int HOMES = 4;
    private static final long INTERVAL = 1_000;
    private static final long ATTENTION = 700;

    private final MarkSchedule schedule = new MarkSchedule(HOMES, INTERVAL, ATTENTION);

    @Test
    void shouldTellEveryPartitionFirst() {
        BitSet homes = schedule.due(50, 10_000);

        assertThat(homes).isEqualTo(homes(0, 1, 2, 3));
    }

    @Test
    void shouldHaveNothingToTellWithoutAClock() {
        assertThat(schedule.due(Long.MIN_VALUE, 10_000).isEmpty()).isTrue();
        assertThat(schedule.isNew()).isTrue();
    }

    @Test
    void shouldTellAtOnceOnlyThePartitionThatANotificationWentTo() {
        schedule.due(50, 10_000);
        schedule.sent(2, 10_050);

        assertThat(schedule.due(60, 10_100)).isEqualTo(homes(2));
        assertThat(schedule.due(70, 10_200)).isEqualTo(homes(2));
    }

    @Test
    void shouldTellItAsLongAsAGapCanBeOpen() {
        schedule.due(50, 10_000);
        schedule.sent(2, 10_050);

        assertThat(schedule.due(60, 10_050 + ATTENTION)).isEqualTo(homes(2));
        assertThat(schedule.due(70, 10_051 + ATTENTION).isEmpty()).isTrue();
    }

    @Test
    void shouldTellEveryPartitionOnceInTheInterval() {
        schedule.due(50, 10_000);

        assertThat(schedule.due(60, 10_999).isEmpty()).isTrue();
        assertThat(schedule.due(60, 11_000)).isEqualTo(homes(0, 1, 2, 3));
        assertThat(schedule.due(60, 11_999).isEmpty()).isTrue();
    }

    @Test
    void shouldTellThemAtTheSameTimeAsOthersDo() {
        schedule.due(50, 10_400);

        assertThat(schedule.due(60, 10_999).isEmpty()).isTrue();
        assertThat(schedule.due(60, 11_000)).isEqualTo(homes(0, 1, 2, 3));
    }

    @Test
    void shouldGoOnIfTheWallClockIsSetBack() {
        schedule.due(50, 10_400);

        assertThat(schedule.due(60, 2_100)).isEqualTo(homes(0, 1, 2, 3));
        assertThat(schedule.due(70, 2_999).isEmpty()).isTrue();
        assertThat(schedule.due(70, 3_000)).isEqualTo(homes(0, 1, 2, 3));
    }

    @Test
    void shouldNotRepeatATimeWithinTheInterval() {
        schedule.due(50, 10_000);
        schedule.sent(1, 10_050);
        schedule.due(60, 10_100);

        assertThat(schedule.due(60, 10_200).isEmpty()).isTrue();
    }

    private static BitSet homes(int... homes) {
        BitSet set = new BitSet();
        IntStream.of(homes).forEach(set::set);
        return set;
    }
}

package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarkScheduleTest {

    private static final int HOMES = 4;
    private static final long INTERVAL = 1_000;
    private static final long TICK = 100;
    private static final long ATTENTION = 700;

    private final Map<Integer, Long> clocks = new HashMap<>();
    private MarkSchedule schedule = new MarkSchedule(HOMES, INTERVAL, TICK, ATTENTION, true);

    @BeforeEach
    void setUp() {
        start(0, 50);
    }

    @Test
    void shouldTellEveryPartitionFirst() {
        assertThat(schedule.due(0, 10_000)).isEqualTo(due(Map.of(0, 50L), 0, 1, 2, 3));
    }

    @Test
    void shouldHaveNothingToTellWithoutAClock() {
        clocks.put(0, Long.MIN_VALUE);

        assertThat(schedule.due(0, 10_000).homes().isEmpty()).isTrue();
        assertThat(schedule.isNew(0)).isTrue();
    }

    @Test
    void shouldTellTheClocksOfAllRoutersTogether() {
        start(1, 70);
        assertThat(schedule.due(0, 10_000)).isEqualTo(due(Map.of(0, 50L, 1, 70L), 0, 1, 2, 3));
        clocks.put(1, 900L);

        assertThat(schedule.due(0, 11_000)).isEqualTo(due(Map.of(0, 50L, 1, 900L), 0, 1, 2, 3));
    }

    @Test
    void shouldTellANewClockAtOnce() {
        schedule.due(0, 10_000);
        start(3, 80);

        assertThat(schedule.isNew(3)).isTrue();
        assertThat(schedule.due(3, 10_001)).isEqualTo(due(Map.of(0, 50L, 3, 80L), 0, 1, 2, 3));
        assertThat(schedule.isNew(3)).isFalse();
    }

    @Test
    void shouldForgetTheClockOfARouterThatEnds() {
        LongSupplier other = () -> 80;
        schedule.start(3, other);
        schedule.due(0, 10_000);
        schedule.stop(3, other);

        assertThat(schedule.due(0, 11_000)).isEqualTo(due(Map.of(0, 50L), 0, 1, 2, 3));
    }

    @Test
    void shouldKeepTheClockOfTheRouterThatTookThePlaceOfAnother() {
        LongSupplier first = () -> 80;
        schedule.start(3, first);
        start(3, 90);
        schedule.stop(3, first);

        assertThat(schedule.due(0, 10_000)).isEqualTo(due(Map.of(0, 50L, 3, 90L), 0, 1, 2, 3));
    }

    @Test
    void shouldTellAtOnceOnlyThePartitionThatANotificationWentTo() {
        schedule.due(0, 10_000);
        schedule.sent(2, 50, 10_050);

        assertThat(dueAt(60, 10_100)).isEqualTo(due(Map.of(0, 60L), 2));
        assertThat(dueAt(70, 10_200)).isEqualTo(due(Map.of(0, 70L), 2));
    }

    @Test
    void shouldTellOnceInATickHoweverManyRoutersAsk() {
        schedule.due(0, 10_000);
        schedule.sent(2, 50, 10_050);
        dueAt(60, 10_100);

        assertThat(dueAt(70, 10_150).homes().isEmpty()).isTrue();
    }

    @Test
    void shouldTellItAsLongAsAGapCanBeOpen() {
        schedule.due(0, 10_000);
        schedule.sent(2, 50, 10_050);

        assertThat(dueAt(50 + ATTENTION, 10_050 + ATTENTION)).isEqualTo(due(Map.of(0, 50 + ATTENTION), 2));
        assertThat(dueAt(51 + ATTENTION, 10_151 + ATTENTION).homes().isEmpty()).isTrue();
    }

    /** Its time does not follow the wall clock's while it has more to read. */
    @Test
    void shouldTellItUntilASlowClockHasComeSoFar() {
        schedule.due(0, 10_000);
        schedule.sent(2, 50, 10_050);

        assertThat(dueAt(49 + ATTENTION, 10_990)).isEqualTo(due(Map.of(0, 49 + ATTENTION), 2));
    }

    @Test
    void shouldTellEveryPartitionOnceInTheInterval() {
        schedule.due(0, 10_000);

        assertThat(dueAt(60, 10_999).homes().isEmpty()).isTrue();
        assertThat(dueAt(60, 11_000)).isEqualTo(due(Map.of(0, 60L), 0, 1, 2, 3));
        assertThat(dueAt(60, 11_999).homes().isEmpty()).isTrue();
    }

    @Test
    void shouldTellThemAtTheSameTimeAsOthersDo() {
        schedule.due(0, 10_400);

        assertThat(dueAt(60, 10_999).homes().isEmpty()).isTrue();
        assertThat(dueAt(60, 11_000)).isEqualTo(due(Map.of(0, 60L), 0, 1, 2, 3));
    }

    @Test
    void shouldGoOnIfTheWallClockIsSetBack() {
        schedule.due(0, 10_400);

        assertThat(dueAt(60, 2_100)).isEqualTo(due(Map.of(0, 60L), 0, 1, 2, 3));
        assertThat(dueAt(70, 2_999).homes().isEmpty()).isTrue();
        assertThat(dueAt(70, 3_000)).isEqualTo(due(Map.of(0, 70L), 0, 1, 2, 3));
    }

    @Test
    void shouldNotRepeatATimeWithinTheInterval() {
        schedule.due(0, 10_000);
        schedule.sent(1, 50, 10_050);
        dueAt(60, 10_100);

        assertThat(dueAt(60, 10_200).homes().isEmpty()).isTrue();
    }

    @Test
    void shouldTellOnlyWhereSomethingWasSentIfEachWaitsForItsOwn() {
        schedule = new MarkSchedule(HOMES, INTERVAL, TICK, ATTENTION, false);
        start(0, 50);
        schedule.due(0, 10_000);
        dueAt(51 + ATTENTION, 10_500);

        assertThat(dueAt(60 + ATTENTION, 11_000).homes().isEmpty()).isTrue();
        schedule.sent(3, 900, 11_000);
        assertThat(dueAt(1_000, 11_100)).isEqualTo(due(Map.of(0, 1_000L), 3));
    }

    /** What was sent there before may wait for this clock. */
    @Test
    void shouldTellAllUntilAGapIsOverAfterAStartIfEachWaitsForItsOwn() {
        schedule = new MarkSchedule(HOMES, INTERVAL, TICK, ATTENTION, false);
        start(0, 50);
        schedule.due(0, 10_000);

        assertThat(dueAt(49 + ATTENTION, 20_000)).isEqualTo(due(Map.of(0, 49 + ATTENTION), 1, 2, 3));
        assertThat(dueAt(60_000, 80_000)).isEqualTo(due(Map.of(0, 60_000L), 1, 2, 3));
        assertThat(dueAt(60_100, 80_100).homes().isEmpty()).isTrue();
    }

    /** A pause or a late answer of a broker makes it jump. */
    @Test
    void shouldTellAClockThatJumpsOverTheEndOfAWaitIfEachWaitsForItsOwn() {
        schedule = new MarkSchedule(HOMES, INTERVAL, TICK, ATTENTION, false);
        start(0, 50);
        schedule.due(0, 10_000);
        dueAt(60 + ATTENTION, 10_100);
        schedule.sent(3, 60 + ATTENTION, 10_150);

        assertThat(dueAt(60_000, 70_000)).isEqualTo(due(Map.of(0, 60_000L), 3));
        assertThat(dueAt(60_100, 70_100).homes().isEmpty()).isTrue();
    }

    private void start(int source, long time) {
        clocks.put(source, time);
        schedule.start(source, () -> clocks.get(source));
    }

    private MarkSchedule.Due dueAt(long time, long wallTime) {
        clocks.put(0, time);
        return schedule.due(0, wallTime);
    }

    private static MarkSchedule.Due due(Map<Integer, Long> clocks, int... homes) {
        BitSet set = new BitSet();
        IntStream.of(homes).forEach(set::set);
        return new MarkSchedule.Due(clocks, set);
    }
}

package io.callweave.call.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeSetTest {

    @Test
    void shouldCountOverlappingTimeOnce() {
        assertThat(set(0, 10, 5, 20).length()).isEqualTo(20);
        assertThat(set(5, 20, 0, 10).intervals()).containsExactly(new Interval(0, 20));
    }

    @Test
    void shouldKeepIntervalsWithAGapApart() {
        assertThat(set(0, 10, 11, 20).intervals()).containsExactly(new Interval(0, 10), new Interval(11, 20));
    }

    @Test
    void shouldJoinIntervalsThatTouch() {
        assertThat(set(10, 20, 0, 10).intervals()).containsExactly(new Interval(0, 20));
    }

    @Test
    void shouldNotShortenALongIntervalByOneInsideIt() {
        assertThat(set(0, 100, 10, 20, 90, 95).intervals()).containsExactly(new Interval(0, 100));
    }

    @Test
    void shouldHaveNoLengthIfEmpty() {
        assertThat(set().length()).isZero();
        assertThat(set(5, 5).length()).isZero();
    }

    @Test
    void shouldTreatAnIntervalThatEndsBeforeItBeginsAsEmpty() {
        assertThat(new Interval(10, 5)).isEqualTo(new Interval(10, 10));
        assertThat(set(10, 5, 20, 30).length()).isEqualTo(10);
    }

    /** From pairs of start and end. */
    private static TimeSet set(long... bounds) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            intervals.add(new Interval(bounds[i], bounds[i + 1]));
        }
        return TimeSet.union(intervals);
    }
}

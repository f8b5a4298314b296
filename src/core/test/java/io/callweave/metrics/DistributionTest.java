package io.callweave.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DistributionTest {

    private static final double PRECISION = 0.02;

    @Property
    void shouldEqualTheRemainingValuesAfterAnyAdditionsAndSubtractions(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 400_000_000) Long> added,
            @ForAll @IntRange(min = 0, max = 59) int taken,
            @ForAll Random random) {
        List<Long> left = new ArrayList<>(added);
        Distribution values = new Distribution();
        for (long value : added) {
            values.add(value);
        }
        for (int i = 0; i < Math.min(taken, added.size() - 1); i++) {
            values.remove(left.remove(random.nextInt(left.size())));
        }

        Collections.sort(left);
        long sum = left.stream().mapToLong(Long::longValue).sum();
        assertThat(values.count()).isEqualTo(left.size());
        assertThat(values.sum()).isEqualTo(sum);
        assertThat(values.average()).isEqualTo(Math.round((double) sum / left.size()));
        if (values.isMaxKnown()) {
            assertThat(values.max()).isEqualTo(left.get(left.size() - 1));
        }
        for (int percent : new int[] {1, 50, 90, 95, 99, 100}) {
            double exact = left.get((int) Math.ceil(percent * left.size() / 100.0) - 1);
            assertThat((double) values.percentile(percent)).isBetween(exact, exact * (1 + PRECISION));
        }
    }

    @Test
    void shouldKnowTheMaxUntilAllKeptValuesAreSubtracted() {
        Distribution values = new Distribution();
        for (long value = 1; value <= 20; value++) {
            values.add(value * 1_000);
        }
        for (long value = 20; value > 20 - Distribution.KEPT; value--) {
            assertThat(values.isMaxKnown()).isTrue();
            assertThat(values.max()).isEqualTo(value * 1_000);
            values.remove(value * 1_000);
        }

        assertThat(values.isMaxKnown()).isFalse();
        values.add(50_000);
        assertThat(values.isMaxKnown()).isFalse();
    }

    @Test
    void shouldCountEqualValuesSeparately() {
        Distribution values = new Distribution();
        for (int i = 0; i < 3 * Distribution.KEPT; i++) {
            values.add(7);
        }
        for (int i = 0; i < Distribution.KEPT - 1; i++) {
            values.remove(7);
        }

        assertThat(values.max()).isEqualTo(7);
        values.add(3);
        assertThat(values.max()).isEqualTo(7);
        values.add(9);
        values.remove(9);
        assertThat(values.max()).isEqualTo(7);
    }

    @Test
    void shouldRejectTheSubtractionOfAMissingValue() {
        assertThatThrownBy(() -> new Distribution().remove(5)).isInstanceOf(IllegalStateException.class);
    }
}

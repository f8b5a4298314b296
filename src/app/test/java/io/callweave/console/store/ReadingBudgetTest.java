package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadingBudgetTest {

    @Test
    void shouldGiveLessToWhoHasReadMuchInAMinute() {
        AtomicLong clock = new AtomicLong();
        ReadingBudget budget = new ReadingBudget(10, clock::get);

        budget.took(Set.of("1", "2"), 9);
        assertThat(budget.most(Set.of("1"))).isEqualTo(10);
        budget.took(Set.of("1"), 4);
        assertThat(budget.most(Set.of("1"))).isEqualTo(7);
        budget.took(Set.of("1"), 6);
        assertThat(budget.most(Set.of("1"))).isEqualTo(5);
        assertThat(budget.most(Set.of("1", "2")))
                .as("several tokens have an account")
                .isEqualTo(5);
        assertThat(budget.most(Set.of("2"))).isEqualTo(10);

        clock.set(TimeUnit.MINUTES.toNanos(1) + 1);

        assertThat(budget.most(Set.of("1"))).isEqualTo(10);
    }
}

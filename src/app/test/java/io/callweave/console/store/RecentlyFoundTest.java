package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentlyFoundTest {

    @Test
    void shouldLookAgainAfterTwentyTimesAsLong(@TempDir Path folder) {
        AtomicLong clock = new AtomicLong();
        try (CallStore store = new CallStore(folder)) {
            // Each look at the clock takes a nanosecond, so each look into the store does, too.
            RecentlyFound<DayWaits> waits = new RecentlyFound<>(store::waits, DayWaits::weight, clock::getAndIncrement);
            DayWaits first = waits.of(AccountScope.OPERATOR, ListFilter.ALL);

            assertThat(first).isEqualTo(new DayWaits(Map.of(), 0));
            assertThat(waits.of(AccountScope.OPERATOR, ListFilter.ALL)).isSameAs(first);
            assertThat(waits.of(AccountScope.OPERATOR, ListFilter.ALL.of("1"))).isNotSameAs(first);
            clock.set(20);
            assertThat(waits.of(AccountScope.OPERATOR, ListFilter.ALL)).isSameAs(first);
            clock.set(21);
            assertThat(waits.of(AccountScope.OPERATOR, ListFilter.ALL)).isNotSameAs(first);
        }
    }

    @Test
    void shouldLookAgainForWhatNeedsMuchMemory() {
        AtomicLong looks = new AtomicLong();
        RecentlyFound<Long> found = new RecentlyFound<>(
                (scope, filter) -> looks.incrementAndGet(),
                each -> each == 1 ? RecentlyFound.MOST_WEIGHT + 1 : RecentlyFound.MOST_WEIGHT / 2,
                new AtomicLong()::incrementAndGet);

        assertThat(found.of(AccountScope.OPERATOR, ListFilter.ALL)).isEqualTo(1);
        assertThat(found.of(AccountScope.OPERATOR, ListFilter.ALL))
                .as("it is too large")
                .isEqualTo(2);
        assertThat(found.of(AccountScope.OPERATOR, ListFilter.ALL.of("1"))).isEqualTo(3);
        assertThat(found.of(AccountScope.OPERATOR, ListFilter.ALL)).isEqualTo(2);
        AccountScope other = new AccountScope(Set.of("9"));
        assertThat(found.of(other, ListFilter.ALL)).isEqualTo(4);
        assertThat(found.of(other, ListFilter.ALL.of("2"))).isEqualTo(5);
        assertThat(found.of(other, ListFilter.ALL.of("3"))).isEqualTo(6);
        assertThat(found.of(AccountScope.OPERATOR, ListFilter.ALL.of("1")))
                .as("another asked for what needs much")
                .isEqualTo(3);
        assertThat(found.of(other, ListFilter.ALL.of("3"))).isEqualTo(6);
        assertThat(found.of(other, ListFilter.ALL))
                .as("only one of them is kept")
                .isEqualTo(7);
    }

    @Test
    void shouldLookOnceForThoseWhoAskAtTheSameTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicLong looks = new AtomicLong();
        RecentlyFound<Long> found = new RecentlyFound<>(
                (scope, filter) -> {
                    asked.countDown();
                    await(go);
                    return looks.incrementAndGet();
                },
                each -> 1,
                () -> 0);
        CompletableFuture<Long> first =
                CompletableFuture.supplyAsync(() -> found.of(AccountScope.OPERATOR, ListFilter.ALL));
        asked.await();
        Thread second = new Thread(() ->
                assertThat(found.of(AccountScope.OPERATOR, ListFilter.ALL)).isOne());
        second.start();
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        go.countDown();
        second.join();

        assertThat(first.get()).isOne();
        assertThat(looks).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldLookAgainAfterTenSecondsHoweverLongItTook(@TempDir Path folder) {
        AtomicLong clock = new AtomicLong();
        try (CallStore store = new CallStore(folder)) {
            // Each look takes six seconds.
            RecentlyFound<DayWaits> waits =
                    new RecentlyFound<>(store::waits, DayWaits::weight, () -> clock.getAndAdd(6_000_000_000L));
            DayWaits first = waits.of(AccountScope.OPERATOR, ListFilter.ALL);

            clock.set(15_900_000_000L);
            assertThat(waits.of(AccountScope.OPERATOR, ListFilter.ALL)).isSameAs(first);
            clock.set(16_100_000_000L);
            assertThat(waits.of(AccountScope.OPERATOR, ListFilter.ALL)).isNotSameAs(first);
        }
    }
}

package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void shouldSendAwayThoseWhoWouldWaitForTooLong() {
        Turns turns = turns(1, 1, Duration.ofMillis(1));

        turns.take("A", () -> {
            assertThatThrownBy(() -> turns.take("B", () -> "second")).hasMessage("busy");
            return "first";
        });

        assertThat(turns.take("B", () -> "third")).isEqualTo("third");
    }

    @Test
    void shouldLetOthersInAfterAFailure() {
        Turns turns = turns(1, 1, Duration.ofMillis(1));

        assertThatThrownBy(() -> turns.take("A", () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(turns.take("A", () -> "next")).isEqualTo("next");
    }

    @Test
    void shouldLeaveAPlaceForOthersHoweverMuchATenantAsksFor() throws Exception {
        Turns turns = turns(3, 2, Duration.ofMinutes(5));
        List<CompletableFuture<String>> many = askFor(turns, "A", 100, end);

        String other = CompletableFuture.supplyAsync(() -> turns.take("B", () -> "done"), threads)
                .get();

        assertThat(other).isEqualTo("done");
        int kept = 2 + Turns.MOST_WAITING;
        while (many.stream().filter(CompletableFuture::isCompletedExceptionally).count() < many.size() - kept) {
            Thread.onSpinWait();
        }
        end.countDown();
        assertThat(many).filteredOn(each -> !isSentAway(each)).hasSize(kept);
    }

    @Test
    void shouldGiveTheNextTurnToTheTenantWithTheFewest() {
        Turns turns = turns(2, 2, Duration.ofMinutes(5));
        List<String> order = new ArrayList<>();
        CountDownLatch free = new CountDownLatch(1);
        List<CompletableFuture<String>> all = new ArrayList<>(askFor(turns, "A", 1, end));
        all.addAll(askFor(turns, "A", 1, free));
        for (String tenant : List.of("A", "A", "B")) {
            all.add(CompletableFuture.supplyAsync(
                    () -> turns.take(tenant, () -> {
                        synchronized (order) {
                            order.add(tenant);
                        }
                        return tenant;
                    }),
                    threads));
            awaitWaiting(turns, all.size() - 2);
        }

        free.countDown(); // one place: with two, the second could begin before the first has noted anything
        all.subList(1, all.size()).forEach(CompletableFuture::join);

        assertThat(order).startsWith("B");
    }

    /** Those that get a turn have it until the end; up to two get one now. */
    private List<CompletableFuture<String>> askFor(Turns turns, String tenant, int times, CountDownLatch until) {
        CountDownLatch first = new CountDownLatch(Math.min(times, 2));
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(CompletableFuture.supplyAsync(
                    () -> turns.take(tenant, () -> {
                        first.countDown();
                        await(until);
                        return tenant;
                    }),
                    threads));
        }
        await(first);
        return asked;
    }

    private static void awaitWaiting(Turns turns, int number) {
        while (turns.waiting() < number) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSentAway(CompletableFuture<String> asked) {
        return asked.handle((answer, failure) -> failure != null).join();
    }

    private static Turns turns(int atOnce, int ofOne, Duration patience) {
        return new Turns(atOnce, ofOne, patience, () -> new IllegalStateException("busy"));
    }
}

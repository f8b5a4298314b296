package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TurnsTest {

    private static final int MOST_WAITING = 8;

    private static final Set<String> A = Set.of("A");
    private static final Set<String> B = Set.of("B");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void shouldSendAwayThoseWhoWouldWaitForTooLong() {
        Turns turns = turns(1, 1, Duration.ofMillis(1));

        turns.take(A, () -> {
            assertThatThrownBy(() -> turns.take(B, () -> "second")).hasMessage("busy");
            return "first";
        });

        assertThat(turns.take(B, () -> "third")).isEqualTo("third");
    }

    @Test
    void shouldLetOthersInAfterAFailure() {
        Turns turns = turns(1, 1, Duration.ofMillis(1));

        assertThatThrownBy(() -> turns.take(A, () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(turns.take(A, () -> "next")).isEqualTo("next");
    }

    @Test
    void shouldLeaveAPlaceForOthersHoweverMuchAnAccountAsksFor() throws Exception {
        Turns turns = turns(3, 2, Duration.ofMinutes(5));
        List<CompletableFuture<String>> many = askFor(turns, A, 100, end);

        String other = CompletableFuture.supplyAsync(() -> turns.take(B, () -> "done"), threads)
                .get();

        assertThat(other).isEqualTo("done");
        int kept = 2 + MOST_WAITING;
        while (many.stream().filter(CompletableFuture::isCompletedExceptionally).count() < many.size() - kept) {
            Thread.onSpinWait();
        }
        end.countDown();
        assertThat(many).filteredOn(each -> !isSentAway(each)).hasSize(kept);
    }

    /** Else who has access to several accounts could have a share for each set of them. */
    @Test
    void shouldCountTurnsForEachAccountOfWhoAsks() {
        Turns turns = turns(3, 1, Duration.ofMillis(1));

        turns.take(Set.of("A", "B"), () -> {
            for (Set<String> some : List.of(A, B, Set.of("A", "C"), Set.of("B", "C"))) {
                assertThatThrownBy(() -> turns.take(some, () -> "second")).hasMessage("busy");
            }
            return turns.take(Set.of("C"), () -> "other");
        });

        assertThat(turns.take(Set.of("A", "C"), () -> "next")).isEqualTo("next");
    }

    @Test
    @Timeout(120) // stops a test that hangs
    void shouldLetFewWaitForAnAccountWhoeverAsks() {
        Turns turns = turns(1, 1, Duration.ofMinutes(5));
        List<CompletableFuture<String>> asked = new ArrayList<>(askFor(turns, B, 1, end));
        for (int i = 0; i < MOST_WAITING; i++) {
            asked.addAll(waitFor(turns, Set.of("A", "other-" + i), i + 1));
        }

        assertThatThrownBy(() -> turns.take(Set.of("A", "more"), () -> "too many"))
                .hasMessage("busy");
        asked.addAll(waitFor(turns, Set.of("more"), MOST_WAITING + 1));
        end.countDown();
        assertThat(asked).allMatch(each -> each.join().equals("done"));
    }

    private List<CompletableFuture<String>> waitFor(Turns turns, Set<String> accounts, int waiting) {
        var asked = List.of(CompletableFuture.supplyAsync(() -> turns.take(accounts, () -> "done"), threads));
        awaitWaiting(turns, waiting);
        return asked;
    }

    @Test
    void shouldGiveTheNextTurnToTheAccountWithTheFewest() {
        Turns turns = turns(2, 2, Duration.ofMinutes(5));
        List<String> order = new ArrayList<>();
        CountDownLatch free = new CountDownLatch(1);
        List<CompletableFuture<String>> all = new ArrayList<>(askFor(turns, A, 1, end));
        all.addAll(askFor(turns, A, 1, free));
        for (Set<String> accounts : List.of(A, A, B)) {
            all.add(CompletableFuture.supplyAsync(
                    () -> turns.take(accounts, () -> {
                        synchronized (order) {
                            order.addAll(accounts);
                        }
                        return "done";
                    }),
                    threads));
            awaitWaiting(turns, all.size() - 2);
        }

        free.countDown(); // one place: with two, the second could begin before the first has noted anything
        all.subList(1, all.size()).forEach(CompletableFuture::join);

        assertThat(order).startsWith("B");
    }

    @Test
    void shouldLetOthersGoBeforeWorkThatTakesLong() throws Exception {
        Turns turns = turns(1, 1, Duration.ofMinutes(5));
        CompletableFuture<String> other = new CompletableFuture<>();
        var longest = CompletableFuture.supplyAsync(
                () -> turns.takeInParts(A, () -> false, giveWay -> {
                    end.countDown();
                    while (!other.isDone()) {
                        giveWay.run();
                    }
                    return "long";
                }),
                threads);
        await(end);

        other.complete(turns.take(B, () -> "short"));

        assertThat(other.get()).isEqualTo("short");
        assertThat(longest.get()).isEqualTo("long");
        assertThat(turns.take(A, () -> "next")).isEqualTo("next");
    }

    /** Others would add their memory to that of the first. */
    @Test
    void shouldLetNoOtherBeginBeforeTheOnlyOneHasEnded() {
        Turns turns = Turns.oneByOne(MOST_WAITING, Duration.ofMinutes(5), () -> new IllegalStateException("busy"));
        List<CompletableFuture<String>> other = new ArrayList<>();

        boolean alone = turns.takeInParts(A, () -> false, look -> {
            other.addAll(waitFor(turns, B, 1));
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 500_000_000) { // elsewhere, others go first after less than that
                look.run();
            }
            return !other.get(0).isDone();
        });

        assertThat(alone).isTrue();
        assertThat(other.get(0).join()).isEqualTo("done");
    }

    @Test
    @Timeout(120) // stops a test that hangs
    void shouldEndTheWorkOfWhoHasLeft() {
        Turns turns = turns(1, 1, Duration.ofMillis(1));

        assertThatThrownBy(() -> turns.takeInParts(A, () -> true, look -> {
                    while (true) {
                        look.run();
                    }
                }))
                .hasMessage("busy");

        assertThat(turns.take(A, () -> "next")).isEqualTo("next");
    }

    /** Those that get a turn have it until the end; up to two get one now. */
    private List<CompletableFuture<String>> askFor(Turns turns, Set<String> accounts, int times, CountDownLatch until) {
        CountDownLatch first = new CountDownLatch(Math.min(times, 2));
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(CompletableFuture.supplyAsync(
                    () -> turns.take(accounts, () -> {
                        first.countDown();
                        await(until);
                        return "done";
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
        return new Turns(atOnce, ofOne, MOST_WAITING, patience, () -> new IllegalStateException("busy"));
    }
}

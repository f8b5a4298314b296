package io.callweave.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.access.AccountScope;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {

    private static final AccountScope OF_A = new AccountScope(Set.of("A"));
    private static final AccountScope OF_B = new AccountScope(Set.of("B"));

    /** On two processors the common pool has one thread, which the slow one holds. */
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    private final AtomicLong nanos = new AtomicLong();
    private final RecentAnswers answers = new RecentAnswers(nanos::get);

    @Test
    void shouldMakeAnAnswerOnceASecondForThoseWhoSeeTheSame() {
        assertThat(get(OF_A, null, "first")).isEqualTo("first");
        nanos.addAndGet(999_000_000);
        assertThat(get(OF_A, null, "second")).isEqualTo("first");
        nanos.addAndGet(1_000_000);
        assertThat(get(OF_A, null, "third")).isEqualTo("third");
    }

    @Test
    void shouldNotGiveAnAnswerOfWhatHasChanged() {
        assertThat(get(OF_A, null, "first")).isEqualTo("first");

        assertThat(answers.get(OF_A, null, 2, () -> "second".getBytes(UTF_8)))
                .asString()
                .isEqualTo("second");
    }

    @Test
    void shouldNotShowAnAnswerToThoseWhoSeeOtherAccounts() {
        assertThat(get(OF_A, null, "of A")).isEqualTo("of A");
        assertThat(get(OF_B, null, "of B")).isEqualTo("of B");
        assertThat(get(AccountScope.OPERATOR, null, "all")).isEqualTo("all");
        assertThat(get(AccountScope.OPERATOR, "A", "only A")).isEqualTo("only A");
        assertThat(get(OF_B, "A", "nothing")).isEqualTo("nothing");
    }

    @Test
    void shouldMakeOneAnswerForTwoHundredThatAskAtTheSameTime() {
        AtomicInteger made = new AtomicInteger();

        IntStream.range(0, 200)
                .parallel()
                .forEach(i -> answers.get(OF_A, null, 1, () -> {
                    made.incrementAndGet();
                    return new byte[1];
                }));

        assertThat(made).hasValue(1);
    }

    @Test
    void shouldNotLetASlowAnswerHoldUpOthers() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(
                () -> get(OF_A, null, () -> {
                    begun.countDown();
                    awaitUninterruptibly(slow);
                    return "slow";
                }),
                OWN_THREAD);
        begun.await();

        CompletableFuture<Void> others = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(get(new AccountScope(Set.of("account " + i)), null, "quick"))
                                .isEqualTo("quick");
                    }
                },
                OWN_THREAD);

        assertThat(others).succeedsWithin(Duration.ofSeconds(30));
        assertThat(first).isNotDone();
        slow.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("slow");
    }

    @Test
    void shouldNotKeepAFailure() {
        assertThatThrownBy(() -> get(OF_A, null, () -> {
                    throw new IllegalStateException("busy");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("busy");

        assertThat(get(OF_A, null, "made")).isEqualTo("made");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldForgetAnswersIfManyAreAskedFor() {
        for (int i = 0; i < 1_000; i++) {
            get(AccountScope.OPERATOR, "account " + i, "x");
        }

        assertThat(get(AccountScope.OPERATOR, "account 0", "made again")).isEqualTo("made again");
    }

    @Test
    void shouldForgetAnswersThatAreLarge() {
        byte[] large = new byte[(int) RecentAnswers.MOST_BYTES / 2 + 1];
        answers.get(OF_A, null, 1, () -> large);
        assertThat(answers.get(OF_A, null, 1, () -> new byte[1])).isSameAs(large);

        answers.get(OF_B, null, 1, () -> large);

        assertThat(get(OF_A, null, "made again")).isEqualTo("made again");
    }

    @Test
    void shouldKeepOneAnswerForAllThatSomebodyMustNotSee() {
        get(OF_A, null, "of A");
        for (int i = 0; i < 1_000; i++) {
            assertThat(get(OF_A, "account " + i, "nothing " + i)).isEqualTo("nothing 0");
        }

        assertThat(get(OF_A, null, "made again")).isEqualTo("of A");
    }

    private String get(AccountScope scope, @Nullable String account, String made) {
        return get(scope, account, () -> made);
    }

    private String get(AccountScope scope, @Nullable String account, Supplier<String> made) {
        return new String(answers.get(scope, account, 1, () -> made.get().getBytes(UTF_8)), UTF_8);
    }
}

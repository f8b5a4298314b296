package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.record.ExcludedCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions to brokers that do not answer, for seconds. {@link EngineIT} has the others. */
@Tag("full")
class EngineTest {

    @Test
    void shouldAnswerOthersAtOnceWhileOneWaitsForTheBrokers() throws InterruptedException {
        FeedConfig config = new FeedConfig(
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                "callweave.",
                Duration.ofDays(1),
                1,
                1,
                Masking.OFF,
                ExcludedCalls.NONE);
        try (Engine engine = new Engine(config, List.of("one", "two", "three"))) {
            CompletableFuture<Engine.Lags> first = CompletableFuture.supplyAsync(engine::lags);
            Thread.sleep(500);

            for (int i = 0; i < 10; i++) {
                assertThat(engine.lags().records()).isEmpty();
            }
            assertThat(first).as("one that waits").isNotDone();
            await().atMost(Duration.ofSeconds(8)).until(first::isDone);
            assertThat(first.join().records()).isEmpty();
        }
    }
}

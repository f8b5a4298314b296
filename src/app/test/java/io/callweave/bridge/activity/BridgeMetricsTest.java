package io.callweave.bridge.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BridgeMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BridgeMetrics metrics = new BridgeMetrics(registry);

    @Test
    void shouldHaveSeriesOfTheFirstAccountsOnly() {
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        for (int i = 0; i < 300; i++) {
            metrics.watch(
                    "a" + i,
                    new SilenceWatch(new WeeklyExpectation(), new SilenceLimits(Duration.ofMillis(1), 1), 0),
                    clock);
            metrics.answered("a" + i, Answer.PUBLISHED, 1);
        }

        assertThat(registry.get("callweave.bridge.requests").counters()).hasSize(201);
        assertThat(registry.get("callweave.bridge.requests")
                        .tag("account", "other")
                        .counter()
                        .count())
                .isEqualTo(100);
    }

    @Test
    void shouldForgetAnAccountThatIsGone() {
        metrics.watch(
                "a",
                new SilenceWatch(new WeeklyExpectation(), new SilenceLimits(Duration.ofMillis(1), 1), 0),
                InstantSource.fixed(Instant.EPOCH));
        metrics.answered("a", Answer.PUBLISHED, 1);

        metrics.forget("a");

        assertThat(registry.find("callweave.bridge.requests").counters()).isEmpty();
        assertThat(registry.find("callweave.bridge.silent").gauges()).isEmpty();
    }

    @Test
    void shouldHaveEveryAnswerInTheOperatorsPage() throws Exception {
        String page = Files.readString(Path.of("docs", "connect.md"), StandardCharsets.UTF_8);

        assertThat(Arrays.stream(Answer.values()).filter(answer -> answer != Answer.STOPPING))
                .allSatisfy(answer -> assertThat(page).contains("`" + answer.wireName() + "`"));
    }
}

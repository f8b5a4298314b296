package io.callweave.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.record.CallRecord;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.record.WindowJson;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Arrived;
import io.callweave.testcalls.Assembled;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The service level of queues: counted by hand from the simulation's truth, and in the product's windows. */
class QueueServiceLevelTest {

    private static final Arrived HOUR =
            Arrived.of(1, 1, 200, Duration.ofHours(1), DeliveryFaults.parse("shuffled=5s,duplicated=10%"));

    private static final long THRESHOLD = 20_000;

    /** By queue and hour, with the names of a window's fields. */
    private static final class Counted {

        private final Map<String, Integer> outcomes = new TreeMap<>();
        private int calls;
        private int within;
        private int counted;
        private long waited;

        void add(JsonNode queue) {
            String outcome = queue.path("outcome").asText();
            calls++;
            outcomes.merge(outcome, 1, Integer::sum);
            if (outcome.equals("answered")) {
                waited += queue.path("waitMs").asLong();
                within += queue.path("waitMs").asLong() <= THRESHOLD ? 1 : 0;
            }
            counted += outcome.equals("answered") || outcome.equals("abandoned") ? 1 : 0;
        }

        double ratio() {
            return BigDecimal.valueOf(within)
                    .divide(BigDecimal.valueOf(counted), 4, RoundingMode.HALF_UP)
                    .doubleValue();
        }
    }

    @Test
    void shouldEqualTheTruthForEachQueue() {
        Map<String, Counted> really = new TreeMap<>();
        for (JsonNode call : HOUR.truthTrees()) {
            Instant hour = Instant.parse(call.path("startTime").asText()).truncatedTo(ChronoUnit.HOURS);
            call.path("queues")
                    .forEach(queue -> really.computeIfAbsent(
                                    queue.path("queueExtensionId").asText() + " " + hour, key -> new Counted())
                            .add(queue));
        }

        Map<String, JsonNode> windows = queueWindows();

        assertThat(windows.keySet()).hasSizeGreaterThanOrEqualTo(3).isEqualTo(really.keySet());
        really.forEach((key, counted) -> {
            JsonNode window = windows.get(key);
            assertThat(window.path("calls").asInt()).as(key).isEqualTo(counted.calls);
            for (String outcome :
                    new String[] {"answered", "answeredElsewhere", "voicemail", "overflow", "abandoned"}) {
                assertThat(window.path(outcome).asInt())
                        .as("%s of %s", outcome, key)
                        .isEqualTo(counted.outcomes.getOrDefault(outcome, 0));
            }
            assertThat(window.at("/timeToAnswer/sumMs").asLong()).as(key).isEqualTo(counted.waited);
            assertThat(window.at("/serviceLevel/answeredWithin").asInt())
                    .as(key)
                    .isEqualTo(counted.within);
            assertThat(window.at("/serviceLevel/counted").asInt()).as(key).isEqualTo(counted.counted);
            assertThat(window.at("/serviceLevel/ratio").asDouble()).as(key).isEqualTo(counted.ratio());
        });
    }

    /** Most callers wait a few seconds in the queue, and much longer in the menu before it. Only the first counts. */
    @Test
    void shouldNotCountTheTimeInMenus() {
        int within = 0;
        int withinFromStart = 0;
        int answered = 0;
        for (JsonNode call : HOUR.truthTrees()) {
            for (JsonNode queue : call.path("queues")) {
                if (queue.path("outcome").asText().equals("answered")) {
                    answered++;
                    within += queue.path("waitMs").asLong() <= THRESHOLD ? 1 : 0;
                    withinFromStart += call.path("timeToAnswerMs").asLong() <= THRESHOLD ? 1 : 0;
                }
            }
        }

        assertThat(answered).isGreaterThan(500);
        assertThat(within / (double) answered).isGreaterThan(0.8);
        assertThat(withinFromStart / (double) answered).isLessThan(0.5);
    }

    /** By queue and hour. */
    private static Map<String, JsonNode> queueWindows() {
        Map<WindowKey, WindowAggregate> aggregates = new HashMap<>();
        for (CallRecord call : Assembled.calls(HOUR.lines())) {
            CountedCall.of(call, WindowRules.DEFAULT)
                    .windows(call.accountId())
                    .forEach((key, measures) -> aggregates
                            .computeIfAbsent(key, added -> new WindowAggregate())
                            .add(measures));
        }
        Map<String, JsonNode> windows = new TreeMap<>();
        for (Map.Entry<WindowKey, WindowAggregate> entry : aggregates.entrySet()) {
            WindowKey key = entry.getKey();
            if (key.scope() == Scope.QUEUE && key.size() == WindowSize.PT1H) {
                byte[] json = WindowJson.write(key, null, 1, entry.getValue(), WindowRules.DEFAULT);
                windows.put(
                        key.scopeId() + " " + Instant.ofEpochMilli(key.start()),
                        WireJson.read(new String(json, StandardCharsets.UTF_8)));
            }
        }
        return windows;
    }
}

package io.callweave.topology.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.completion.CompletionReason;
import io.callweave.call.event.PartyFacts;
import io.callweave.meter.Metric;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.callweave.notification.json.JsonArray;
import io.callweave.notification.json.JsonValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TopologyMetricsTest {

    private static final JsonValue NOTHING = new JsonArray(List.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyMetrics metrics = new TopologyMetrics(registry, () -> 10_000);

    @Test
    void shouldHaveTheDocumentedMetersAndNoOthers() throws Exception {
        metrics.clock(0, 0);
        AccountLoads.Home home = metrics.accounts().home(0);
        home.tell(0);
        home.worked("1", 1, 0);
        home.tell(Long.MAX_VALUE);

        metrics.tasks("0", "active", () -> 1);
        metrics.sourcePartitions(() -> 1);
        Map<String, List<String>> meters = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            // The simple registry shows the buckets of a timer as meters of their own.
            if (!meter.getId().getName().endsWith(".histogram")) {
                meters.put(
                        meter.getId().getName(),
                        meter.getId().getTags().stream()
                                .map(Tag::getKey)
                                .sorted()
                                .toList());
            }
        }
        Map<String, List<String>> declared = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            if (!metric.meterName().matches("callweave\\.(bridge|deliver|console)\\..*")) {
                declared.put(
                        metric.meterName(), metric.labels().stream().sorted().toList());
            }
        }

        assertThat(meters).isEqualTo(declared);
    }

    @Test
    void shouldCountByReasonAndKind() {
        metrics.rejected(RejectReason.BAD_PARTY);
        metrics.skipped(OtherEvent.PRESENCE);

        assertThat(registry.get("callweave.notifications.rejected")
                        .tag("reason", "badParty")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("callweave.notifications.skipped")
                        .tag("kind", "presence")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldCountEachUnknownStatusReasonAndFieldOnce() {
        for (int i = 0; i < 3; i++) {
            metrics.accepted(facts("Teleported", "BecauseICan"));
            metrics.accepted(facts("Beamed", "BecauseICan"));
            metrics.unknownField("status.novel", NOTHING);
        }

        assertThat(count("callweave.fields.unknown")).isEqualTo(3);
        assertThat(different("status")).isEqualTo(2);
        assertThat(different("reason")).isEqualTo(1);
        assertThat(different("field")).isEqualTo(1);
    }

    @Test
    void shouldRememberOnlySoManyUnknownFields() {
        for (int i = 0; i < 1_000; i++) {
            metrics.unknownField("field" + i, NOTHING);
        }

        assertThat(count("callweave.fields.unknown")).isEqualTo(1_000);
        assertThat(different("field")).isEqualTo(20);
    }

    private double different(String kind) {
        return registry.get("callweave.values.unknown")
                .tag("kind", kind)
                .gauge()
                .value();
    }

    @Test
    void shouldCountUnknownStatusesAndReasonsWithoutTheirNames() {
        int before = registry.getMeters().size();

        metrics.accepted(facts("Teleported", "BecauseICan"));
        metrics.accepted(facts("VoiceMailScreening", "CallerDropped"));
        metrics.accepted(facts("Answered", null));

        assertThat(count("callweave.statuses.unknown")).isEqualTo(1);
        assertThat(count("callweave.reasons.unknown")).isEqualTo(1);
        assertThat(count("callweave.party.events.accepted")).isEqualTo(3);
        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void shouldCountAnEmissionAndTimeItFromTheReceipt() {
        metrics.emitted(TopologyMetrics.Emitted.COMPLETE, CompletionReason.OVER, 1_000, 1_250);
        metrics.emitted(TopologyMetrics.Emitted.SUPERSEDED, CompletionReason.SUPERSEDED, 1_000, 900);

        assertThat(registry.get("callweave.calls.emitted")
                        .tags("status", "complete", "completion_reason", "over")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("callweave.emission.latency")
                        .tag("completion_reason", "over")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
        assertThat(registry.get("callweave.emission.latency")
                        .tag("completion_reason", "superseded")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isZero();
    }

    @Test
    void shouldShowWhatThePartitionsHaveInHandUntilTheyLeave() {
        metrics.live(0, 5, 3);
        metrics.live(1, 2, 1);
        metrics.clock(0, 8_500);

        assertThat(gauge("callweave.sessions.live")).isEqualTo(7);
        assertThat(gauge("callweave.calls.live")).isEqualTo(4);
        assertThat(registry.get("callweave.clock.lag.seconds")
                        .tag("partition", "0")
                        .gauge()
                        .value())
                .isEqualTo(1.5);
        assertThat(registry.get("callweave.clock.seconds")
                        .tag("partition", "1")
                        .gauge()
                        .value())
                .isNaN();

        metrics.forget(0);

        assertThat(gauge("callweave.sessions.live")).isEqualTo(2);
        assertThat(registry.find("callweave.clock.seconds")
                        .tag("partition", "0")
                        .gauge())
                .isNull();
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private static PartyFacts facts(String status, String reason) {
        return new PartyFacts(
                status, reason, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, List.of(), null, null);
    }
}

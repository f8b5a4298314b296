package io.callweave.topology.windows;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static io.callweave.topology.TopologyKit.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.metrics.Scope;
import io.callweave.metrics.ServiceLevels;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.state.StoreKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code window-metrics}: what finished calls add up to, emitted again when a call changes, and not too often. */
class WindowMetricsTest {

    private static final String CUSTOMER = "+15550100002";
    private static final Instant START = Instant.parse("2026-03-02T09:07:31.250Z");
    private static final PhoneCall CALL =
            call().startingAt(START).inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall SAME_MINUTE = call().seeded(2)
            .startingAt(START)
            .inbound(CUSTOMER)
            .answeredBy("105")
            .hangUp();
    /** Its second session begins in another hour. */
    private static final PhoneCall TRANSFER = call().startingAt(Instant.parse("2026-03-02T09:59:50Z"))
            .inbound(CUSTOMER)
            .answeredBy("104")
            .attendedTransferTo("106")
            .hangUp();

    private static final String ACCOUNT = CALL.account().id();
    private static final String MINUTE = ACCOUNT + "/account/" + ACCOUNT + "/PT1M/2026-03-02T09:07:00.000Z";
    private static final Duration INTERVAL = WindowOptions.DEFAULT.emitInterval();
    private static final Duration MOMENT = Duration.ofMillis(1);

    private TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldGiveOutEachWindowOfAFinishedCallAtOnce() {
        kit.receive(CALL);

        List<TopologyKit.Sent> windows = kit.windowMetrics();

        assertThat(windows)
                .extracting(TopologyKit.Sent::key)
                .hasSize(8)
                .contains(
                        MINUTE,
                        ACCOUNT + "/account/" + ACCOUNT + "/PT15M/2026-03-02T09:00:00.000Z",
                        ACCOUNT + "/account/" + ACCOUNT + "/PT1H/2026-03-02T09:00:00.000Z",
                        ACCOUNT + "/account/" + ACCOUNT + "/P1D/2026-03-02T00:00:00.000Z")
                .anyMatch(key -> key.matches(ACCOUNT + "/extension/[^/]+/PT1M/2026-03-02T09:07:00.000Z"));
        assertThat(windows).allSatisfy(sent -> {
            assertThat(sent.timestamp()).isEqualTo(kit.wall());
            assertThat(sent.headers())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            Headers.ACCOUNT,
                            "809646016",
                            Headers.SCHEMA_VERSION,
                            "1",
                            Headers.LAST_RECEIVED_AT,
                            TopologyKit.time(TopologyKit.RECEIVED),
                            Headers.EPOCH,
                            Long.toString(TopologyKit.WALL.toEpochMilli())));
        });
    }

    @Test
    void shouldHoldAWindowBackUntilItsIntervalIsOver() {
        kit.receive(CALL);
        assertThat(last(MINUTE).path("calls").asInt()).isEqualTo(1);

        kit.receive(SAME_MINUTE).pass(INTERVAL.minus(MOMENT));
        assertThat(kit.windowMetrics()).extracting(TopologyKit.Sent::key).doesNotContain(MINUTE);
        kit.pass(MOMENT);

        assertThat(last(MINUTE).path("calls").asInt()).isEqualTo(2);
        assertThat(kit.entries(StoreNames.WINDOWS, StoreKeys.Kind.NOTE)).isZero();
        assertThat(kit.pass(INTERVAL).windowMetrics()).isEmpty();
    }

    @Test
    void shouldBuryTheWindowsThatACorrectionEmpties() {
        List<Notification> first = session(TRANSFER, 0);
        List<Notification> second = session(TRANSFER, 1);
        kit.receive(second).pass(Duration.ofSeconds(60));
        List<String> alone =
                kit.windowMetrics().stream().map(TopologyKit.Sent::key).toList();
        assertThat(alone).isNotEmpty();

        kit.receive(first).passUntilNothingWaits();

        assertThat(kit.windowMetrics())
                .filteredOn(TopologyKit.Sent::isTombstone)
                .isNotEmpty()
                .extracting(TopologyKit.Sent::key)
                .isSubsetOf(alone);
    }

    @Test
    void shouldCountDaysInTheTimeZoneOfTheAccount() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        WindowRules rules = new WindowRules(
                WindowRules.DEFAULT.sizes(),
                ZoneId.of("America/New_York"),
                Map.of(ACCOUNT, berlin),
                ServiceLevels.DEFAULT);
        PhoneCall shortDay = call().startingAt(Instant.parse("2026-03-28T23:30:00Z"))
                .inbound(CUSTOMER)
                .answeredBy("104")
                .hangUp();
        restart(new WindowOptions(rules, Duration.ofSeconds(1), WindowOptions.DEFAULT.retention()));

        kit.receive(shortDay);

        String day = ACCOUNT + "/account/" + ACCOUNT + "/P1D/2026-03-28T23:00:00.000Z";
        assertThat(last(day).path("windowEnd").asText()).isEqualTo("2026-03-29T22:00:00.000Z");
    }

    @Test
    void shouldKeepOnlyTheWindowsThatAreWanted() {
        WindowRules rules = WindowRules.DEFAULT.with(Map.of(Scope.ACCOUNT, Set.of(WindowSize.PT1H)));
        restart(new WindowOptions(rules, Duration.ofSeconds(1), WindowOptions.DEFAULT.retention()));

        kit.receive(CALL);

        assertThat(kit.windowMetrics())
                .extracting(TopologyKit.Sent::key)
                .containsExactly(ACCOUNT + "/account/" + ACCOUNT + "/PT1H/2026-03-02T09:00:00.000Z");
    }

    @Test
    void shouldNotBeginAWindowAnewThatWasGivenUp() {
        Duration retention = Duration.ofDays(2);
        restart(new WindowOptions(WindowRules.DEFAULT, Duration.ofSeconds(1), retention));
        kit.receive(CALL).pass(INTERVAL);
        assertThat(kit.windowMetrics()).isNotEmpty();

        kit.pass(retention.plusHours(3)).pass(INTERVAL);
        assertThat(kit.entries(StoreNames.WINDOWS, StoreKeys.Kind.WINDOW)).isZero();
        assertThat(kit.entries(StoreNames.WINDOWS, StoreKeys.Kind.COUNTED_ON)).isZero();
        kit.receive(SAME_MINUTE).pass(INTERVAL);

        assertThat(kit.windowMetrics()).isEmpty();
        assertThat(kit.entries(StoreNames.WINDOWS, StoreKeys.Kind.COUNTED_ON)).isZero();
        assertThat(kit.emitted()).hasSize(2);
    }

    @Test
    void shouldForgetAtLastThatADayWasGivenUp() {
        Duration retention = Duration.ofDays(2);
        restart(new WindowOptions(WindowRules.DEFAULT, Duration.ofSeconds(1), retention));
        kit.receive(CALL).pass(retention.plusHours(3));
        assertThat(kit.entries(StoreNames.WINDOWS, StoreKeys.Kind.DAY)).isEqualTo(1);

        kit.pass(Duration.ofDays(400)).pass(INTERVAL);

        assertThat(kit.entries(StoreNames.WINDOWS, StoreKeys.Kind.DAY)).isZero();
        assertThat(kit.entries(StoreNames.WINDOWS, StoreKeys.Kind.DUE)).isZero();
    }

    @Test
    void shouldHaveTheDigestOfTheNewestRecordsAfterARevisionAMergeAndAReset() {
        kit.receive(session(TRANSFER, 1)).pass(Duration.ofSeconds(60));
        kit.receive(session(TRANSFER, 0)).receive(CALL).passUntilNothingWaits().pass(INTERVAL);
        String epoch = "\"epoch\":" + TopologyKit.WALL.toEpochMilli();
        List<String> before = kit.everyCall().stream()
                .map(call -> call.replace(epoch, "\"epoch\":1"))
                .toList();
        restart(WindowOptions.DEFAULT);

        kit.receive(TRANSFER).receive(CALL).passUntilNothingWaits().pass(INTERVAL);

        Map<String, String> held = new TreeMap<>();
        kit.windowMetrics().forEach(sent -> held.put(sent.key(), sent.json()));
        List<String> calls = new ArrayList<>(before);
        calls.addAll(kit.everyCall());
        assertThat(before).hasSizeGreaterThan(kit.everyCall().size());
        ExpectedWindows.assertTheDigests(held, calls);
    }

    private void restart(WindowOptions options) {
        kit.close();
        kit = new TopologyKit(options);
    }

    /** The last value of this key among those that were not read yet. */
    private JsonNode last(String key) {
        return kit.windowMetrics().stream()
                .filter(sent -> sent.key().equals(key))
                .reduce((one, other) -> other)
                .orElseThrow()
                .tree();
    }
}

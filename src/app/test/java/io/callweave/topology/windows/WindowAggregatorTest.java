package io.callweave.topology.windows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.CallTimes;
import io.callweave.call.record.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.WindowRules;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import io.callweave.topology.StoreNames;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.CountedOn;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.time.StepLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows depend on what counts in the end, to the byte, and not on what was counted and taken out on the way; of the
 * directory, on what it said when a call was counted for the last time.
 */
class WindowAggregatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TimeUnit HOURS = TimeUnit.HOURS;
    private static final TimeUnit DAYS = TimeUnit.DAYS;

    private static final Instant START = Instant.parse("2026-03-02T21:57:31Z");
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final long EPOCH = 7;
    private static final int CALLS = 30;
    private static final int STEPS = 150;

    /** So few that windows are put together again over many steps. */
    private static final int AT_ONCE = 4;

    private static final StepLimits BUDGETS = new StepLimits(2, Duration.ofMillis(1), () -> 0);

    /** The calls are before and after midnight there, and on two days of UTC. */
    private static final WindowOptions BERLIN =
            in("Europe/Berlin", 1_000, WindowOptions.DEFAULT.retention().toMillis());

    private static final List<CallRecord> RECORDS = records();

    @Property(tries = 40)
    void shouldHoldWhatCountsInTheEndWhateverHappenedOnTheWay(@ForAll Random random) {
        new Trial().run(random);
    }

    /** A call, and the departments of extensions when it was counted. */
    private record Counted(CallRecord call, Map<String, String> departments) {}

    private static final class Trial {

        private final Map<String, String> held = new TreeMap<>();
        private final Map<String, Counted> counted = new HashMap<>();

        /** As sessions remember it. */
        private final Map<String, Long> countedOn = new HashMap<>();

        private Map<String, String> departments = new HashMap<>();
        private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(StoreNames.WINDOWS);
        private long time = START.toEpochMilli();
        private WindowAggregator aggregator = aggregator(store);

        void run(Random random) {
            for (int step = 0; step < STEPS; step++) {
                change(RECORDS.get(random.nextInt(CALLS)), random);
                if (random.nextInt(3) == 0) {
                    // A step of several changes, as a merge is one.
                    change(RECORDS.get(random.nextInt(CALLS)), random);
                }
                if (random.nextInt(10) == 0) {
                    departments = departments(random);
                }
                give(aggregator.changed(time, time));
                time += random.nextInt(700);
                if (random.nextInt(10) == 0) {
                    aggregator.farBehind(random.nextBoolean());
                }
                give(aggregator.ready(time, BUDGETS.begin()));
                if (random.nextInt(40) == 0) {
                    aggregator = aggregator(store);
                }
            }
            takeOutTheLongest();
            end(aggregator);

            assertThat(held).isEqualTo(countedAtOnce());
            assertThat(held.keySet().stream().anyMatch(key -> key.contains("/department/")))
                    .isEqualTo(counted.values().stream()
                            .anyMatch(each -> each.call().parties().stream()
                                    .anyMatch(party -> each.departments().containsKey(party.extensionId()))));
        }

        private void change(CallRecord call, Random random) {
            String callId = call.callId();
            if (random.nextInt(3) == 0) {
                drop(call);
            } else {
                CallRecord changed =
                        lasting(call, random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(3_600_000));
                countedOn.put(callId, aggregator.count(changed, 1, countedOn(callId), time));
                counted.put(callId, new Counted(changed, departments));
            }
        }

        private void drop(CallRecord call) {
            String callId = call.callId();
            aggregator.drop(call.accountId(), callId, countedOn(callId), time);
            countedOn.remove(callId);
            counted.remove(callId);
        }

        private long countedOn(String callId) {
            return countedOn.getOrDefault(callId, CountedOn.NO_DAY);
        }

        /** More than the largest values that a window keeps. */
        private void takeOutTheLongest() {
            List<CallRecord> longest =
                    new ArrayList<>(counted.values().stream().map(Counted::call).toList());
            longest.sort((one, other) ->
                    Long.compare(other.times().durationMs(), one.times().durationMs()));
            for (CallRecord call : longest.subList(0, Math.min(12, longest.size()))) {
                drop(call);
            }
            give(aggregator.changed(time, time));
        }

        private Map<String, String> countedAtOnce() {
            Map<String, String> before = new TreeMap<>(held);
            held.clear();
            WindowAggregator fresh = aggregator(TestStores.inMemory(StoreNames.WINDOWS));
            counted.values().forEach(each -> {
                departments = each.departments();
                var unused = fresh.count(each.call(), 1, CountedOn.NO_DAY, time);
            });
            give(fresh.changed(time, time));
            end(fresh);
            Map<String, String> atOnce = new TreeMap<>(held);
            held.clear();
            held.putAll(before);
            return atOnce;
        }

        private @Nullable DirectoryEntry entry(String accountId, String extensionId) {
            String department = departments.get(extensionId);
            return department == null
                    ? null
                    : new DirectoryEntry(accountId, extensionId, null, DirectoryEntry.USER, null, department, null);
        }

        private void end(WindowAggregator any) {
            any.farBehind(false);
            time += 2 * WindowOptions.DEFAULT.emitInterval().toMillis();
            for (int step = 0; step < 2 * STEPS; step++) {
                give(any.ready(time, BUDGETS.begin()));
            }
            assertThat(any.heldBack()).isZero();
        }

        private void give(List<StageOutput> out) {
            for (StageOutput output : out) {
                StageOutput.WindowUpdate update = (StageOutput.WindowUpdate) output;
                if (update.json() == null) {
                    held.remove(update.key());
                } else {
                    held.put(update.key(), new String(update.json(), UTF_8));
                }
            }
        }

        private WindowAggregator aggregator(KeyValueStore<Bytes, byte[]> of) {
            return new WindowAggregator(of, this::entry, BERLIN, TopologyMetrics.unexported(), time, EPOCH, AT_ONCE);
        }
    }

    @Test
    void shouldCorrectACallForAsLongAsItIsRevised() {
        Counting aggregator = new Counting(in("Europe/Berlin", 1_000, HOURS.toMillis(28)));
        CallRecord call = RECORDS.get(0);
        for (int day = 0; day < 9; day++) {
            aggregator.count(call);
            aggregator.pass(HOURS.toMillis(23));
        }

        aggregator.count(lasting(call, 123_456));

        assertThat(aggregator.account("PT1H")).containsExactly(123_456L);
    }

    @Test
    void shouldCountACallInAllItsWindowsOrInNone() {
        Counting aggregator = new Counting(in("Europe/Berlin", 1_000, DAYS.toMillis(7)));
        // One day of Berlin, two of UTC.
        CallRecord first = lasting(RECORDS.get(CALLS - 1), 5_000);
        CallRecord late = lasting(RECORDS.get(CALLS - 2), 7_000);
        CallRecord dayBefore = at(lasting(RECORDS.get(1), 9_000), START.minusSeconds(86_400));
        aggregator.count(first);
        aggregator.pass(DAYS.toMillis(3));
        aggregator.count(dayBefore);
        aggregator.pass(DAYS.toMillis(5));

        aggregator.count(late);
        aggregator.pass(1_000);
        aggregator.count(lasting(late, 8_000));
        aggregator.pass(1_000);
        aggregator.count(lasting(late, 9_000));

        assertThat(aggregator.account("P1D")).containsExactlyInAnyOrder(5_000L, 9_000L);
        assertThat(aggregator.account("PT1H")).containsExactlyInAnyOrder(5_000L, 9_000L);
    }

    @Test
    void shouldKeepTheCallsOfWindowsThatAreHeldBackHoweverLong() {
        WindowOptions rarely = in("Europe/Berlin", DAYS.toMillis(10), HOURS.toMillis(28));
        CallRecord first = lasting(RECORDS.get(CALLS - 1), 5_000);
        CallRecord second = lasting(at(RECORDS.get(CALLS - 2), START.plusSeconds(3_800)), 6_000);
        Counting aggregator = new Counting(rarely);
        aggregator.count(first);
        aggregator.count(second);
        aggregator.pass(DAYS.toMillis(3));

        aggregator.restart();
        aggregator.pass(DAYS.toMillis(21));

        assertThat(aggregator.account("P1D")).containsExactly(11_000L);
    }

    /** More windows of one day than stay in memory, and more days. */
    @ParameterizedTest
    @ValueSource(longs = {900, 86_400})
    void shouldEmitWhatWasHeldBackBeforeARestartHoweverMuch(long secondsBetween) {
        int number = secondsBetween == 900 ? 96 : 2_100;
        Counting aggregator = new Counting(in("UTC", HOURS.toMillis(1), DAYS.toMillis(28)));
        for (int revision = 1; revision <= 2; revision++) {
            for (int i = 0; i < number; i++) {
                long begin = DAY.plusSeconds(i * secondsBetween).toEpochMilli();
                aggregator.count(timed("s-" + i, RECORDS.get(0), begin, revision * 1_000L));
            }
        }

        aggregator.restart();
        aggregator.emitAll();

        assertThat(aggregator.account("PT15M")).hasSize(number).containsOnly(2_000L);
    }

    /** A stream thread that starts again reads and commits between these steps. */
    @Test
    void shouldReadNoMoreCallsInAStepThanItsLimitAfterARestart() {
        Counting aggregator = new Counting(in("UTC", HOURS.toMillis(1), DAYS.toMillis(28)));
        for (int i = 0; i < 300; i++) {
            aggregator.count(timed("s-" + i, RECORDS.get(0), DAY.toEpochMilli(), 1_000));
        }
        aggregator.restart();
        aggregator.time += HOURS.toMillis(2);
        StepLimits hundred = new StepLimits(100, Duration.ofDays(1), () -> 0);

        List<StageOutput> first = aggregator.aggregator.ready(aggregator.time, hundred.begin());

        assertThat(first).isEmpty();
        aggregator.emitAll();
        assertThat(aggregator.account("P1D")).containsExactly(300_000L);
    }

    @Test
    void shouldEmitAWindowOnceForManyCallsWhileFarBehind() {
        Counting aggregator = new Counting(in("UTC", 1_000, DAYS.toMillis(28)));
        aggregator.aggregator.farBehind(true);
        for (int i = 0; i < 9; i++) {
            aggregator.count(lasting(RECORDS.get(i), 1_000));
            aggregator.pass(1_000);
        }
        assertThat(aggregator.account("P1D")).isEmpty();

        aggregator.pass(1_000);
        aggregator.look();

        assertThat(aggregator.account("P1D")).containsExactly(9_000L);
    }

    @Test
    void shouldEmitWhatWaitedAsSoonAsItHasCaughtUp() {
        Counting aggregator = new Counting(in("UTC", 1_000, DAYS.toMillis(28)));
        aggregator.aggregator.farBehind(true);
        aggregator.count(lasting(RECORDS.get(0), 1_000));
        aggregator.pass(1_000);
        assertThat(aggregator.account("P1D")).isEmpty();

        aggregator.aggregator.farBehind(false);
        while (aggregator.aggregator.hasReady(aggregator.time)) {
            aggregator.look();
        }

        assertThat(aggregator.account("P1D")).containsExactly(1_000L);
    }

    @Test
    void shouldHoldNoMoreThanSomeThousandsWhileFarBehind() {
        Counting aggregator = new Counting(in("UTC", 1_000, DAYS.toMillis(28)));
        aggregator.aggregator.farBehind(true);
        for (int i = 0; i < 3_000; i++) {
            long begin = DAY.plusSeconds(i * 900L).toEpochMilli();
            aggregator.count(timed("s-" + i, RECORDS.get(0), begin, 1_000));
        }
        assertThat(aggregator.aggregator.heldBack()).isGreaterThan(4_096);

        aggregator.time += 2_000;
        while (aggregator.aggregator.hasReady(aggregator.time)) {
            aggregator.look();
        }

        assertThat(aggregator.aggregator.heldBack()).isLessThan(4_096).isPositive();
    }

    /** No such store comes of this code; but one window that is wrong must not stop all calls. */
    @Test
    void shouldPutAWindowTogetherAnewThatLacksACall() {
        Counting aggregator = new Counting(WindowOptions.DEFAULT);
        CallRecord call = RECORDS.get(0);
        long day = new CountedCallStore(aggregator.store)
                .put(
                        call.accountId(),
                        call.callId(),
                        CountedCall.of(lasting(call, 5_000), WindowOptions.DEFAULT.rules()));
        aggregator.countedOn.put(call.callId(), day);

        aggregator.count(lasting(call, 6_000));
        for (int step = 0; step < STEPS; step++) {
            aggregator.pass(1);
        }

        assertThat(aggregator.account("PT1H")).containsExactly(6_000L);
    }

    /** An aggregator with its store, and what it has given out of the account. */
    private static final class Counting {

        private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(StoreNames.WINDOWS);
        private final Map<String, Long> sums = new TreeMap<>();
        private final Map<String, Long> countedOn = new HashMap<>();
        private final WindowOptions options;
        private long time = START.toEpochMilli();
        private WindowAggregator aggregator;

        Counting(WindowOptions options) {
            this.options = options;
            aggregator =
                    new WindowAggregator(store, Directory.NONE, options, TopologyMetrics.unexported(), time, EPOCH);
        }

        void restart() {
            aggregator =
                    new WindowAggregator(store, Directory.NONE, options, TopologyMetrics.unexported(), time, EPOCH);
        }

        void count(CallRecord call) {
            long before = countedOn.getOrDefault(call.callId(), CountedOn.NO_DAY);
            countedOn.put(call.callId(), aggregator.count(call, 1, before, time));
            give(aggregator.changed(time, time));
        }

        void pass(long millis) {
            for (long end = time + millis; time < end; time = Math.min(end, time + HOURS.toMillis(1))) {
                look();
            }
            look();
        }

        void emitAll() {
            time += 2 * options.emitInterval().toMillis();
            while (aggregator.heldBack() > 0) {
                give(aggregator.ready(time, StepLimits.DEFAULT.begin()));
            }
        }

        private void look() {
            give(aggregator.ready(time, BUDGETS.begin()));
            for (int entries = 0; entries < 10; entries++) {
                var unused = aggregator.forgetOld(time, BUDGETS.begin());
            }
        }

        private void give(List<StageOutput> out) {
            for (StageOutput output : out) {
                StageOutput.WindowUpdate update = (StageOutput.WindowUpdate) output;
                sums.put(update.key(), sumOfDurations(update));
            }
        }

        private static long sumOfDurations(StageOutput.WindowUpdate update) {
            try {
                return JSON.readTree(update.json())
                        .path("duration")
                        .path("sumMs")
                        .asLong();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Long> account(String size) {
            return sums.entrySet().stream()
                    .filter(window -> window.getKey().contains("/account/")
                            && window.getKey().contains("/" + size + "/"))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private static WindowOptions in(String zone, long emitInterval, long retention) {
        WindowRules rules = WindowRules.DEFAULT;
        return new WindowOptions(
                new WindowRules(rules.sizes(), ZoneId.of(zone), Map.of(), rules.levels()),
                Duration.ofMillis(emitInterval),
                Duration.ofMillis(retention));
    }

    private static Map<String, String> departments(Random random) {
        Map<String, String> departments = new HashMap<>();
        RECORDS.stream()
                .flatMap(call -> call.parties().stream())
                .map(PartyRecord::extensionId)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .filter(extension -> random.nextInt(4) > 0)
                .forEach(extension -> departments.put(extension, random.nextBoolean() ? "Sales" : "Support/EU"));
        return departments;
    }

    private static List<CallRecord> records() {
        List<CallRecord> records = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            PhoneCall call = PhoneCall.call()
                    .seeded(i)
                    .startingAt(START.plusSeconds(311L * i))
                    .inbound("+1555010000" + i % 5)
                    .answeredBy(Integer.toString(104 + i % 3));
            records.addAll(Assembled.calls(
                    (i % 2 == 0 ? call.hangUp() : call.transferredTo("107").hangUp()).lines()));
        }
        assertThat(records).hasSize(CALLS);
        return records;
    }

    private static CallRecord lasting(CallRecord call, long millis) {
        return timed(call.callId(), call, call.times().startTime(), millis);
    }

    private static CallRecord at(CallRecord call, Instant start) {
        return timed(call.callId(), call, start.toEpochMilli(), call.times().durationMs());
    }

    private static CallRecord timed(String callId, CallRecord call, long start, long millis) {
        return new CallRecord(
                callId,
                call.accountId(),
                call.state(),
                call.incomplete(),
                call.direction(),
                call.internal(),
                call.outcome(),
                new CallTimes(start, start + millis, start + millis / 3, millis / 4, millis / 2, 0, 0),
                call.people(),
                call.sessions(),
                call.missingSessions(),
                call.graph(),
                call.artifacts(),
                call.callLog());
    }
}

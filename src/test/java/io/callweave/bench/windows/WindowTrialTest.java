package io.callweave.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Departments;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowKey;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.testcalls.Assembled;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.state.TestStores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measured costs agree with the store's content. */
class WindowTrialTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final int CALLS = 20;
    private static final SimulatedAccount ACCOUNT = SimulatedAccount.FIRST;
    private static final List<DirectoryEntry> PEOPLE = List.of(of("104", "Support"), of("106", "Sales"));
    private static final Departments DEPARTMENTS = extension -> PEOPLE.stream()
            .filter(entry -> entry.extensionId().equals(extension))
            .findFirst()
            .map(DirectoryEntry::department)
            .orElse(null);

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureTheStateInTheStore() {
        WindowCosts costs = costs(apart(CALLS, 60));

        assertThat(costs.together().stateBytes()).isPositive().isEqualTo(bytesInTheStore());
    }

    /** An hour apart, no update is held back. So each call emits each of its windows once, and writes some of them together. */
    @Test
    void shouldCountEachWindowOfEachCallIfCallsAreFarApart() {
        List<CallRecord> calls = apart(CALLS, 3_600);

        WindowCosts costs = costs(calls);

        for (Scope scope : Scope.values()) {
            assertThat(costs.of(scope).updates()).as(scope.wireName()).isEqualTo(windowsOf(calls, scope));
            assertThat(costs.of(scope).writes())
                    .as(scope.wireName())
                    .isPositive()
                    .isLessThan(windowsOf(calls, scope));
        }
        assertThat(Scope.values()).allMatch(scope -> costs.of(scope).updates() > 0);
        assertThat(costs.calls().updates()).isZero();
    }

    @Test
    void shouldEmitLessOftenIfCallsAreClose() {
        List<CallRecord> calls = apart(CALLS, 0);

        WindowCosts costs = costs(calls);

        assertThat(costs.of(Scope.ACCOUNT).updates()).isPositive().isLessThan(windowsOf(calls, Scope.ACCOUNT));
        assertThat(costs.together().stateBytes()).isEqualTo(bytesInTheStore());
    }

    private static DirectoryEntry of(String extension, String department) {
        return new DirectoryEntry(
                ACCOUNT.id(), ACCOUNT.extension(extension).id(), null, DirectoryEntry.USER, null, department, null);
    }

    private WindowCosts costs(List<CallRecord> calls) {
        try (WindowTrial trial = WindowTrial.metered(directory, TopologyKit.ALL_WINDOWS, PEOPLE)) {
            calls.forEach(trial::count);
            trial.end();
            return trial.costs();
        }
    }

    private static long windowsOf(List<CallRecord> calls, Scope scope) {
        return calls.stream()
                .flatMap(
                        call -> CountedCall.of(call, TopologyKit.ALL_WINDOWS.rules(), DEPARTMENTS)
                                .windows(call.accountId())
                                .keySet()
                                .stream())
                .map(WindowKey::scope)
                .filter(scope::equals)
                .count();
    }

    private long bytesInTheStore() {
        long bytes = 0;
        try (TestStores stores = new TestStores(directory)) {
            KeyValueStore<Bytes, byte[]> store = stores.get(StoreNames.WINDOWS);
            try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
                while (entries.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = entries.next();
                    bytes += entry.key.get().length + entry.value.length;
                }
            }
        }
        return bytes;
    }

    private static List<CallRecord> apart(int count, long seconds) {
        List<CallRecord> calls = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            PhoneCall call = PhoneCall.call()
                    .seeded(1)
                    .startingAt(START.plusSeconds(number * seconds).plusMillis(number))
                    .inbound("+15550100002")
                    .queue("Support", "104", "105")
                    .answeredBy("104")
                    .transferredTo("106")
                    .hangUp();
            calls.addAll(Assembled.calls(call.lines()));
        }
        return calls;
    }
}

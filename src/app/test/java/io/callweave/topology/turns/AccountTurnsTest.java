package io.callweave.topology.turns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class AccountTurnsTest {

    private static final String HEAVY = "1";
    private static final String OTHER = "2";

    private final AtomicLong nanos = new AtomicLong();
    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("calls");
    private final List<String> done = new ArrayList<>();
    private AccountTurns turns = turns();

    @Test
    void shouldLetAnAccountWaitThatHasTakenMoreThanItsShare() {
        receive(OTHER, "b1", 1);
        receive(HEAVY, "a1", 300);

        receive(HEAVY, "a2", 300);
        receive(OTHER, "b2", 1);

        assertThat(done).containsExactly("b1", "a1", "b2");
        assertThat(turns.waiting()).isEqualTo(1);
    }

    @Test
    void shouldNotLetAnAccountWaitThatIsAlone() {
        receive(HEAVY, "a1", 300);
        receive(HEAVY, "a2", 300);

        assertThat(done).containsExactly("a1", "a2");
    }

    @Test
    void shouldNotLetAnAccountWaitThatIsAloneAgain() {
        receive(OTHER, "b1", 1);
        receive(HEAVY, "a1", 1);
        pass(61_000);
        receive(HEAVY, "a2", 300);

        receive(HEAVY, "a3", 300);

        assertThat(done).containsExactly("b1", "a1", "a2", "a3");
    }

    @Test
    void shouldNotLetAnAccountWaitThatWasQuietForLongEnough() {
        receive(OTHER, "b1", 1);
        receive(HEAVY, "a1", 300);
        pass(1_000);

        receive(HEAVY, "a2", 300);

        assertThat(done).containsExactly("b1", "a1", "a2");
    }

    @Test
    void shouldWorkOnWhatWaitsInItsOrderAndOnAccountsInTurn() {
        receive(OTHER, "b1", 400);
        receive(HEAVY, "a1", 300);
        receive(HEAVY, "a2", 0);
        receive(HEAVY, "a3", 0);
        receive(OTHER, "b2", 0);
        due(HEAVY, "a4", 0);
        receive(HEAVY, "a5", 0);
        pass(10);

        takeTurns(0);

        assertThat(done).containsExactly("b1", "a1", "a2", "b2", "a3", "a4", "a5");
        assertThat(turns.waiting()).isZero();
        assertThat(TestStores.count(store, StoreKeys.Kind.WAITING)).isZero();
    }

    @Test
    void shouldFindWhatWaitsAfterARestart() {
        receive(OTHER, "b1", 0);
        receive(HEAVY, "a1", 300);
        receive(HEAVY, "a2", 0);
        due(HEAVY, "a3", 0);

        turns = turns();
        // Before the restart it would have waited, too: nothing overtakes what waits.
        receive(HEAVY, "a4", 0);
        pass(10);
        takeTurns(0);

        assertThat(done).containsExactly("b1", "a1", "a2", "a3", "a4");
    }

    @Test
    void shouldGiveWhatWaitsAQuarterOfTheTimeOfABusyThread() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 300);
        for (int i = 0; i < 1_000; i++) {
            receive(HEAVY, "a", 0);
        }
        done.clear();
        long began = nanos.get();

        while (nanos.get() - began < Duration.ofSeconds(10).toNanos()) {
            for (int i = 0; i < 20; i++) {
                turns.work(String.valueOf(i), () -> pass(1));
            }
            takeTurns(100);
        }

        assertThat(done).hasSizeBetween(20, 26);
    }

    @Test
    void shouldGiveWhatWaitsMoreOfTheTimeOfAThreadThatIsIdle() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 300);
        for (int i = 0; i < 1_000; i++) {
            receive(HEAVY, "a", 0);
        }
        done.clear();
        long began = nanos.get();

        while (nanos.get() - began < Duration.ofSeconds(10).toNanos()) {
            turns.work(OTHER, () -> pass(1));
            pass(20);
            takeTurns(100);
        }

        assertThat(done).hasSizeGreaterThan(45);
    }

    @Test
    void shouldLetNobodyWaitWhereNobodyTakesLittle() {
        receiveFromBothFor(Duration.ofMinutes(1));
        long waiting = turns.waiting();

        receiveFromBothFor(Duration.ofMinutes(1));

        assertThat(turns.waiting()).isLessThanOrEqualTo(waiting);
        for (long i = waiting; i > 0; i--) {
            takeTurns(300);
        }
        assertThat(turns.waiting()).isZero();
    }

    private void receiveFromBothFor(Duration time) {
        long end = nanos.get() + time.toNanos();
        while (nanos.get() < end) {
            takeTurns(300);
            receive(HEAVY, "a", 300);
            takeTurns(300);
            receive(OTHER, "b", 300);
        }
    }

    @Test
    void shouldWorkAtOnceOnWhatIsTooMuchToWait() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 300);
        for (int i = 0; i < 100_001; i++) {
            receive(HEAVY, "a" + i, 0);
        }

        assertThat(done).containsExactly("b", "a", "a100000");
    }

    private AccountTurns turns() {
        return new AccountTurns(
                store, new LightAccounts(), new StepLimits(1_000, Duration.ofMillis(25), nanos::get));
    }

    private void receive(String account, String name, long millis) {
        RepartitionMessage.Routed routed =
                new RepartitionMessage.Routed(0, 0, 0, account, false, account, null, null, name.getBytes(UTF_8));
        if (!turns.putOff(account, routed)) {
            turns.work(account, () -> work(name, millis));
        }
    }

    private void due(String account, String name, long millis) {
        if (!turns.putOff(account, new DueQueue.Due(0, new SessionKey(account, name)))) {
            turns.work(account, () -> work(name, millis));
        }
    }

    private void takeTurns(long millisEach) {
        boolean more = turns.takeTurns((account, waiting) -> work(name(waiting), millisEach));
        assertThat(more).isEqualTo(turns.waiting() > 0);
    }

    private static String name(Waiting waiting) {
        return waiting instanceof Waiting.Entry entry
                ? entry.due().key().telephonySessionId()
                : new String(((Waiting.Notification) waiting).routed().value(), UTF_8);
    }

    private void work(String name, long millis) {
        done.add(name);
        pass(millis);
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}

package io.callweave.topology.fairness;

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

class FairSchedulerTest {

    private static final long MOST_BYTES = 1_000_000;
    private static final String HEAVY = "1";
    private static final String OTHER = "2";

    private final AtomicLong nanos = new AtomicLong();
    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("calls");
    private final List<String> done = new ArrayList<>();
    private ThreadTime time = new ThreadTime(0);
    private long late;
    private FairScheduler scheduler = scheduler();

    @Test
    void shouldLetAnAccountWaitThatHasTakenMoreThanItsShare() {
        receive(OTHER, "b1", 1);
        receive(HEAVY, "a1", 1_000);

        receive(HEAVY, "a2", 300);
        receive(OTHER, "b2", 1);

        assertThat(done).containsExactly("b1", "a1", "b2");
        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void shouldNotLetAnAccountWaitThatIsAlone() {
        receive(HEAVY, "a1", 1_000);
        receive(HEAVY, "a2", 300);

        assertThat(done).containsExactly("a1", "a2");
    }

    @Test
    void shouldNotLetAnAccountWaitThatIsAloneAgain() {
        receive(OTHER, "b1", 1);
        receive(HEAVY, "a1", 1);
        pass(Duration.ofDays(1).toMillis());
        receive(HEAVY, "a2", 300);

        receive(HEAVY, "a3", 300);

        assertThat(done).containsExactly("b1", "a1", "a2", "a3");
    }

    @Test
    void shouldNotLetAnAccountWaitThatWasQuietForLongEnough() {
        receive(OTHER, "b1", 1);
        receive(HEAVY, "a1", 1_000);
        pass(1_000);

        receive(HEAVY, "a2", 300);

        assertThat(done).containsExactly("b1", "a1", "a2");
    }

    @Test
    void shouldWorkOnWhatWaitsInItsOrderAndFirstForThoseThatHaveTakenLeast() {
        receive(OTHER, "b1", 1_500);
        receive(HEAVY, "a1", 1_000);
        receive(HEAVY, "a2", 0);
        receive(HEAVY, "a3", 0);
        receive(OTHER, "b2", 0);
        due(HEAVY, "a4", 0);
        receive(HEAVY, "a5", 0);
        pass(10);

        workOff(0);

        assertThat(done).containsExactly("b1", "a1", "a2", "a3", "a4", "a5", "b2");
        assertThat(scheduler.waiting()).isZero();
        assertThat(TestStores.count(store, StoreKeys.Kind.WAITING)).isZero();
    }

    @Test
    void shouldFindWhatWaitsAfterARestart() {
        receive(OTHER, "b1", 0);
        receive(HEAVY, "a1", 1_000);
        receive(HEAVY, "a2", 0);
        due(HEAVY, "a3", 0);

        time = new ThreadTime(0);
        scheduler = scheduler();
        // Before the restart it would have waited, too: nothing overtakes what waits.
        receive(HEAVY, "a4", 0);
        pass(10);
        workOff(0);

        assertThat(done).containsExactly("b1", "a1", "a2", "a3", "a4");
    }

    @Test
    void shouldCountThoseAsOthersThatWaitAfterARestart() {
        receive(HEAVY, "a1", 1_000);
        receive(OTHER, "b1", 1_000);
        receive(OTHER, "b2", 0);
        time = new ThreadTime(nanos.get());
        scheduler = scheduler();

        receive(HEAVY, "a2", 1_000);
        receive(HEAVY, "a3", 300);

        assertThat(done).containsExactly("a1", "b1", "a2");
    }

    @Test
    void shouldGiveAnotherTaskItsTurnWhileOneMakesRoom() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 1_000);
        FairScheduler full = scheduler;
        scheduler = scheduler(TestStores.inMemory("calls-of-another-task"));
        receive(OTHER, "b", 1_000);
        receive(OTHER, "waits", 0);
        FairScheduler other = scheduler;
        scheduler = full;

        for (int i = 0; i < 20_000 && !done.contains("waits"); i++) {
            workOff(0);
            other.workOff((account, work) -> work(name(work), 1));
            receive(HEAVY, "a", 0);
            pass(1);
        }

        assertThat(done).contains("waits");
    }

    @Test
    void shouldGiveWhatWaitsAQuarterOfTheTimeOfABusyThread() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 1_000);
        for (int i = 0; i < 1_000; i++) {
            receive(HEAVY, "a", 0);
        }
        done.clear();
        long began = nanos.get();

        while (nanos.get() - began < Duration.ofSeconds(10).toNanos()) {
            for (int i = 0; i < 20; i++) {
                time.came();
                scheduler.work(String.valueOf(i), () -> pass(1));
            }
            workOff(100);
        }

        assertThat(done).hasSizeBetween(20, 26);
    }

    @Test
    void shouldGiveWhatWaitsMoreOfTheTimeOfAThreadThatIsIdle() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 1_000);
        for (int i = 0; i < 1_000; i++) {
            receive(HEAVY, "a", 0);
        }
        done.clear();
        long began = nanos.get();

        while (nanos.get() - began < Duration.ofSeconds(10).toNanos()) {
            time.came();
            scheduler.work(OTHER, () -> pass(1));
            pass(20);
            workOff(100);
        }

        assertThat(done).hasSizeGreaterThan(45);
    }

    @Test
    void shouldGiveWhatWaitsNearlyAllTheTimeOfAThreadThatHasNothingElseToDo() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 1_000);
        for (int i = 0; i < 2_000; i++) {
            receive(HEAVY, "a", 0);
        }
        workOff(10);
        pass(1_000);
        done.clear();

        for (int i = 0; i < 80; i++) {
            pass(25);
            workOff(10);
        }

        assertThat(done).hasSizeGreaterThan(750);
    }

    @Test
    void shouldNotKeepWaitingWhoTakesLittleAndWasHeldUpOnce() {
        int served = 0;
        for (int i = 0; i < 1_000; i++) {
            receive("3", "c", 1);
            receive(HEAVY, "a", 100);
            receive(OTHER, "b", i == 100 ? 300 : 1);
            served += workedOff("b");
            pass(90);
        }

        assertThat(served).isPositive();
        assertThat(done.stream().filter("b"::equals).count()).isGreaterThan(990);
        assertThat(scheduler.isWaiting(HEAVY)).isTrue();
    }

    /** How many of this name were worked on. */
    private int workedOff(String name) {
        int before = done.size();
        scheduler.workOff(
                (account, waiting) -> work(name(waiting), name(waiting).equals("a") ? 100 : 1));
        return (int)
                done.subList(before, done.size()).stream().filter(name::equals).count();
    }

    @Test
    void shouldShareTheTimeOfAThreadBetweenAllItsTasks() {
        FairScheduler first = scheduler;
        FairScheduler second = scheduler(TestStores.inMemory("calls-of-another-task"));
        for (FairScheduler each : List.of(first, second)) {
            scheduler = each;
            String heavy = each == first ? HEAVY : "3";
            receive(OTHER, "b", 1);
            receive(heavy, "a", 1_000);
            for (int i = 0; i < 400; i++) {
                receive(heavy, "a", 0);
            }
        }
        done.clear();
        long began = nanos.get();

        while (nanos.get() - began < Duration.ofSeconds(10).toNanos()) {
            first.workOff((account, waiting) -> work("first", 30));
            second.workOff((account, waiting) -> work("second", 30));
            time.came();
            first.work(OTHER, () -> pass(10));
        }

        assertThat(done).hasSizeBetween(60, 90).contains("first", "second");
    }

    @Test
    void shouldLetSeveralAccountsWaitThatTogetherTakeMuchIfOthersAreLate() {
        late = 5_000;
        for (int i = 0; i < 100; i++) {
            for (int heavy = 10; heavy < 18; heavy++) {
                receive(String.valueOf(heavy), "a", 100);
            }
            receive(OTHER, "b", 2);
            pass(20);
            workOff(100);
        }

        for (int heavy = 10; heavy < 18; heavy++) {
            assertThat(scheduler.isWaiting(String.valueOf(heavy))).isTrue();
        }
        assertThat(done.stream().filter("b"::equals)).hasSize(100);
    }

    @Test
    void shouldLetSeveralAccountsWaitThatTogetherTakeMuchIfOneIsLateThatHardlyTakesAnything() {
        late = 5_000;
        for (int i = 0; i < 100; i++) {
            for (int heavy = 10; heavy < 18; heavy++) {
                receive(String.valueOf(heavy), "a", 100);
            }
            if (i % 20 == 0) {
                receive(OTHER, "b", 0);
            }
        }

        for (int heavy = 10; heavy < 18; heavy++) {
            assertThat(scheduler.isWaiting(String.valueOf(heavy))).isTrue();
        }
    }

    @Test
    void shouldLetNobodyWaitIfAllAreLateAndTakeAlike() {
        late = 5_000;
        for (int i = 0; i < 1_000; i++) {
            for (int account = 10; account < 18; account++) {
                receive(String.valueOf(account), "a", 5);
            }
        }

        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void shouldLetNobodyWaitIfTheTimeIsEnoughForAll() {
        for (int i = 0; i < 100; i++) {
            for (int heavy = 10; heavy < 18; heavy++) {
                receive(String.valueOf(heavy), "a", 100);
            }
            receive(OTHER, "b", 10);
        }

        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void shouldNotKeepWaitingWhoTakesLittleBesideAnotherTaskOfTheThread() {
        FairScheduler heavy = scheduler;
        FairScheduler light = scheduler(TestStores.inMemory("calls-of-another-task"));
        for (int i = 0; i < 1_000; i++) {
            scheduler = heavy;
            receive("3", "c", 40);
            receive(HEAVY, "a", 100);
            workedOff("b");
            scheduler = light;
            receive(OTHER, "b", i == 100 ? 300 : 1);
            workedOff("b");
            pass(50);
        }

        assertThat(done.stream().filter("b"::equals).count()).isGreaterThan(990);
        assertThat(heavy.isWaiting(HEAVY)).isTrue();
    }

    @Test
    void shouldLetNobodyWaitOnAThreadThatHasTime() {
        for (int i = 0; i < 1_000; i++) {
            receive(HEAVY, "a", 4);
            receive(OTHER, "b", 1);
            pass(5);
        }

        assertThat(scheduler.waiting()).isZero();
        assertThat(done).hasSize(2_000);
    }

    @Test
    void shouldWorkOnWhatCameFirstIfTooMuchWaits() {
        receive(OTHER, "b", 0);
        receive(HEAVY, "a", 1_000);
        for (int i = 0; i < 20_000; i++) {
            workOff(0);
            receive(HEAVY, "a" + i, 0);
        }

        assertThat(done).startsWith("b", "a", "a0", "a1", "a2").hasSizeBetween(5_000, 15_000);
    }

    private FairScheduler scheduler() {
        return scheduler(store);
    }

    private FairScheduler scheduler(KeyValueStore<Bytes, byte[]> of) {
        return new FairScheduler(of, time, new StepLimits(1_000, Duration.ofMillis(25), nanos::get), MOST_BYTES);
    }

    private void receive(String account, String name, long millis) {
        time.came();
        RepartitionMessage.Routed routed =
                new RepartitionMessage.Routed(0, 0, 0, account, false, account, null, null, name.getBytes(UTF_8));
        if (!scheduler.putOff(account, 0, late, routed)) {
            scheduler.work(account, () -> work(name, millis));
        }
    }

    private void due(String account, String name, long millis) {
        if (!scheduler.putOff(account, new DueQueue.Due(0, new SessionKey(account, name)))) {
            scheduler.work(account, () -> work(name, millis));
        }
    }

    private void workOff(long millisEach) {
        boolean more = scheduler.workOff((account, waiting) -> work(name(waiting), millisEach));
        assertThat(more).isEqualTo(scheduler.waiting() > 0);
    }

    private static String name(PutOffWork waiting) {
        return waiting instanceof PutOffWork.Entry entry
                ? entry.due().key().telephonySessionId()
                : new String(((PutOffWork.Notification) waiting).routed().value(), UTF_8);
    }

    private void work(String name, long millis) {
        done.add(name);
        pass(millis);
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}

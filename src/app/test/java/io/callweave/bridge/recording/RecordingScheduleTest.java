package io.callweave.bridge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.recording.RecordingSchedule.Id;
import io.callweave.bridge.recording.RecordingSchedule.Outcome;
import io.callweave.bridge.recording.RecordingSchedule.Unready;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which recording is asked for when. Times are minutes after the bridge began. */
class RecordingScheduleTest {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long BEGAN = 1_000_000 * MINUTE;

    private final RecordingSchedule schedule = new RecordingSchedule(RecordingTimes.DEFAULT);

    @Test
    void shouldWaitAsLongAsTheCallAndThenTwiceAsLongEachTimeForADay() {
        schedule.use(Set.of("a"), Set.of("a"), BEGAN);
        schedule.unready(call("a", "1", 10, 5), BEGAN + 10 * MINUTE);

        List<Double> asked = askUntil(10 + 2 * 24 * 60, Outcome.MISSING).getOrDefault(new Id("a", "1"), List.of());

        assertThat(asked).containsExactly(15.0, 16.0, 18.0, 22.0, 30.0, 46.0, 78.0, 142.0, 270.0, 526.0, 1038.0);
        assertThat(schedule.open()).isZero();
    }

    @Test
    void shouldAskNoMoreWhenItIsReady() {
        schedule.use(Set.of("a"), Set.of("a"), BEGAN);
        schedule.unready(call("a", "1", 0, 1), BEGAN);
        schedule.unready(call("a", "2", 0, 1), BEGAN);
        schedule.ready(new Id("a", "2"));

        assertThat(askUntil(30, Outcome.READY)).containsOnlyKeys(new Id("a", "1"));
        schedule.unready(call("a", "1", 0, 1), BEGAN + 30 * MINUTE); // a revision that is older than the answer
        assertThat(schedule.next(BEGAN + 60 * MINUTE)).isNull();
    }

    @Test
    void shouldAskOnceForWhatRingCentralDoesNotKeep() {
        schedule.use(Set.of("a"), Set.of("a"), BEGAN);
        schedule.unready(new Unready(new Id("a", "1"), BEGAN, 29_000), BEGAN);

        assertThat(askUntil(600, Outcome.MISSING).get(new Id("a", "1"))).hasSize(1);
    }

    @Test
    void shouldKeepTheLimitOfEachAccountAndLetNoneStarve() {
        Set<String> accounts = new HashSet<>();
        for (int account = 0; account < 100; account++) {
            accounts.add("a" + account);
        }
        schedule.use(accounts, accounts, BEGAN);
        for (String account : accounts) {
            int many = account.equals("a0") ? 500 : 5;
            for (int i = 0; i < many; i++) {
                schedule.unready(call(account, Integer.toString(i), 1, 1), BEGAN + MINUTE);
            }
        }

        Map<Id, List<Double>> asked = askUntil(12, Outcome.READY);

        Map<String, List<Double>> byAccount = new HashMap<>();
        asked.forEach((id, times) -> byAccount
                .computeIfAbsent(id.account(), added -> new ArrayList<>())
                .addAll(times));
        assertThat(byAccount).hasSize(100);
        byAccount.forEach((account, times) -> {
            for (double time : times) {
                assertThat(times.stream().filter(other -> other >= time && other < time + 1))
                        .hasSizeLessThanOrEqualTo(8);
            }
            if (!account.equals("a0")) {
                assertThat(times).hasSize(5).allMatch(time -> time < 3);
            }
        });
    }

    @Test
    void shouldRespectThePauseThatRingCentralWants() {
        schedule.use(Set.of("a"), Set.of("a"), BEGAN);
        schedule.unready(call("a", "1", 0, 1), BEGAN);
        schedule.unready(call("a", "2", 0, 1), BEGAN);
        long now = BEGAN + 2 * MINUTE;
        Id first = schedule.next(now);
        assertThat(first).isNotNull();

        schedule.answered(first, Outcome.FAILED, 3 * MINUTE, now);

        assertThat(schedule.next(now + 3 * MINUTE - 1)).isNull();
        assertThat(schedule.next(now + 3 * MINUTE)).isEqualTo(new Id("a", "2"));
    }

    @Test
    void shouldGoOnForAnotherBridgeWithoutAskingTwiceWithinAMinute() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            RecordingSchedule before = new RecordingSchedule(RecordingTimes.DEFAULT);
            RecordingSchedule after = new RecordingSchedule(RecordingTimes.DEFAULT);
            before.use(Set.of("a"), Set.of("a"), BEGAN);
            after.use(Set.of("a"), Set.of(), BEGAN);
            long end = random.nextLong(120);
            for (RecordingSchedule each : List.of(before, after)) {
                each.unready(call("a", "1", end, 1 + round % 7), BEGAN + end * MINUTE);
            }
            long killed = BEGAN + (60 + random.nextLong(600)) * MINUTE;
            long last = ask(before, BEGAN, killed);
            long taken = killed + 25_000;
            after.use(Set.of("a"), Set.of("a"), taken);

            long next = firstAsked(after, taken);

            if (last > 0) {
                assertThat(next - last).isGreaterThanOrEqualTo(MINUTE);
            }
            long ready = BEGAN + (end + 1 + round % 7) * MINUTE;
            assertThat(next - taken).as("waits").isLessThanOrEqualTo(Math.abs(taken - ready) + MINUTE + 1_000);
        }
    }

    /** A sender of notifications chooses the account and the id. */
    @Test
    void shouldRememberOnlyWhatCanBeAskedFor() {
        schedule.use(Set.of("a", "of another bridge"), Set.of("a"), BEGAN);

        schedule.unready(call("wants none", "1", 0, 1), BEGAN);
        schedule.unready(call("a", "../1", 0, 1), BEGAN);
        schedule.unready(call("a", "1".repeat(65), 0, 1), BEGAN);
        assertThat(schedule.open()).isZero();

        schedule.unready(call("a", "1".repeat(64), 0, 1), BEGAN);
        schedule.unready(call("of another bridge", "1", 0, 1), BEGAN);
        assertThat(schedule.open()).isEqualTo(2);
    }

    @Test
    void shouldForgetAnAccountThatWantsNoneAnyMore() {
        schedule.use(Set.of("a"), Set.of("a"), BEGAN);
        schedule.unready(call("a", "1", 0, 1), BEGAN);
        schedule.unready(call("a", "2", 0, 1), BEGAN);
        Id asked = schedule.next(BEGAN + 2 * MINUTE);
        assertThat(asked).isNotNull();

        schedule.use(Set.of(), Set.of(), BEGAN + 2 * MINUTE);
        schedule.answered(asked, Outcome.MISSING, 0, BEGAN + 2 * MINUTE);

        assertThat(schedule.open()).isZero();
        assertThat(schedule.use(Set.of("a"), Set.of("a"), BEGAN + 3 * MINUTE)).isTrue();
        assertThat(schedule.next(BEGAN + 3 * MINUTE)).isNull();
    }

    @Test
    void shouldRememberTheYoungestOfAnAccountWithMany() {
        schedule.use(Set.of("a", "b"), Set.of("a"), BEGAN);
        schedule.unready(call("b", "1", 0, 1), BEGAN);
        int given = 0;
        for (int i = 0; i < 3 * RecordingSchedule.MOST; i++) {
            given += schedule.unready(call("a", "r" + i, i % 30, 1), BEGAN + 30 * MINUTE) ? 1 : 0;
        }

        assertThat(schedule.open()).isEqualTo(RecordingSchedule.MOST + 1);
        assertThat(given).isEqualTo(2 * RecordingSchedule.MOST);
        Id first = schedule.next(BEGAN + 60 * MINUTE);
        assertThat(first).isNotNull();
        assertThat(Integer.parseInt(first.recording().substring(1)) % 30)
                .as("ended in one of the last ten minutes")
                .isGreaterThanOrEqualTo(20);
    }

    /** Else calls of another century would be remembered until then, or keep out the youngest ones. */
    @Test
    void shouldBelieveNoTimesThatCannotBe() {
        schedule.use(Set.of("a"), Set.of("a"), BEGAN);
        long century = 100L * 365 * 24 * 60;
        schedule.unready(call("a", "ends", century, 1), BEGAN);
        schedule.unready(call("a", "lasts", 0, century), BEGAN);

        schedule.forget(BEGAN + (24 * 60 + 2) * MINUTE);
        assertThat(schedule.open()).isEqualTo(1);
        schedule.forget(BEGAN + (48 * 60 + 1) * MINUTE);
        assertThat(schedule.open()).isZero();
    }

    private static Unready call(String account, String recording, long endMinute, long lengthMinutes) {
        return new Unready(new Id(account, recording), BEGAN + endMinute * MINUTE, lengthMinutes * MINUTE);
    }

    /** Asks every second; when each was asked, in minutes. */
    private Map<Id, List<Double>> askUntil(long minute, Outcome outcome) {
        Map<Id, List<Double>> asked = new HashMap<>();
        for (long now = BEGAN; now < BEGAN + minute * MINUTE; now += 1_000) {
            for (Id next = schedule.next(now); next != null; next = schedule.next(now)) {
                asked.computeIfAbsent(next, added -> new ArrayList<>()).add((now - BEGAN) / (double) MINUTE);
                schedule.answered(next, outcome, 0, now);
            }
        }
        return asked;
    }

    private static long ask(RecordingSchedule by, long from, long until) {
        long last = 0;
        for (long now = from; now < until; now += 1_000) {
            Id next = by.next(now);
            if (next != null) {
                last = now;
                by.answered(next, Outcome.MISSING, 0, now);
            }
        }
        return last;
    }

    private static long firstAsked(RecordingSchedule by, long from) {
        long now = from;
        while (by.next(now) == null) {
            now += 1_000;
        }
        return now;
    }
}

package io.callweave.topology.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.Tries;
import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Recording;
import io.callweave.call.event.SessionKey;
import io.callweave.notification.json.KeptText;
import io.callweave.topology.MeteredStage;
import io.callweave.topology.StoreNames;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.state.WriteBehindStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written with the commit is what a store that writes at each step holds. */
class SessionCommitsTest {

    private static final int SESSIONS = 4;
    private static final int STEPS = 400;

    private final WriteBehindStore store = TestStores.writeBehind(StoreNames.CALLS);

    /** What a step does. */
    private enum Doing {
        ADD,
        SETTLE,
        RELEASE,
        CLOSE,
        COMMIT,
        RESTART
    }

    /** With little memory and with much. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldHoldWhatAStoreHoldsThatWritesAtOnce(int seed) {
        Random random = new Random(seed);
        long memory = seed % 3 == 0 ? 0 : SessionMemory.MOST_OF_A_PARTITION;
        List<Consumer<SessionStore>> committed = new ArrayList<>();
        List<Consumer<SessionStore>> steps = new ArrayList<>();
        SessionStore sessions = new SessionStore(store, () -> memory);
        for (int i = 0; i < STEPS; i++) {
            Doing doing = doing(random);
            if (doing == Doing.COMMIT || doing == Doing.RESTART) {
                if (doing == Doing.COMMIT) {
                    store.flushCache();
                    committed.addAll(steps);
                } else {
                    // As a task that is closed dirty and taken up again.
                    store.clearCache();
                    sessions = new SessionStore(store, () -> memory);
                }
                assertSame(sessions, replayed(committed));
                steps.clear();
            } else {
                Consumer<SessionStore> step = step(doing, random, i);
                step.accept(sessions);
                sessions.flush();
                steps.add(step);
            }
        }
        store.flushCache();
        committed.addAll(steps);
        assertSame(new SessionStore(store, () -> memory), replayed(committed));
    }

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Tries.of(20));
    }

    @Test
    void shouldNotWriteTheEventsOfACallThatEndsBeforeTheCommit() {
        SessionStore sessions = new SessionStore(store);
        addMany(sessions, 12, "Answered");
        sessions.settle(sessions.get(key(0)), "s-0");
        sessions.flush();

        store.flushCache();

        assertThat(TestStores.count(store, StoreKeys.Kind.SLOT)).isZero();
        assertThat(new SessionStore(store).get(key(0)).session().events()).hasSize(12);
    }

    @Test
    void shouldWriteTheNewEventsOfACommitTogether() {
        SessionStore sessions = new SessionStore(store);
        addMany(sessions, 12, "Answered");

        store.flushCache();

        assertThat(TestStores.count(store, StoreKeys.Kind.SLOT)).isEqualTo(1);
    }

    @Test
    void shouldSpreadManyNewEventsOverSlots() {
        SessionStore sessions = new SessionStore(store);
        addMany(sessions, 1_000, "Answered");

        store.flushCache();

        assertThat(TestStores.keys(store, StoreKeys.Kind.SLOT))
                .hasSizeBetween(1_000 / 16, 1_000 / 15)
                .allSatisfy(slot -> assertThat(store.get(slot)).hasSizeLessThan(16 << 10));
        assertThat(new SessionStore(store).get(key(0)).session().events()).hasSize(1_000);
    }

    /** Each change of one writes all of its slot again, and a changelog takes no value of any size. */
    @Test
    void shouldSpreadLongNewEventsOverSlots() {
        SessionStore sessions = new SessionStore(store);
        addMany(sessions, 12, "x".repeat(5_000));

        store.flushCache();

        assertThat(TestStores.count(store, StoreKeys.Kind.SLOT)).isEqualTo(3);
    }

    /** A changelog takes as much as one event can be, not sixteen of them. */
    @Test
    void shouldNotLetASlotGrowWhenItsEventsDo() {
        SessionStore sessions = new SessionStore(store);
        addMany(sessions, 12, "a");
        store.flushCache();
        SessionStore others = new SessionStore(store);
        List<PartyEvent> events = List.copyOf(others.get(key(0)).session().events());
        for (PartyEvent event : events) {
            for (String status = "x"; others.get(key(0)).session().events().contains(event); status += "y") {
                add(others, event(key(0), (int) event.place().sequence(), status + "z".repeat(10_000), null), 20);
            }
        }

        store.flushCache();

        assertThat(TestStores.keys(store, StoreKeys.Kind.SLOT))
                .hasSize(6)
                .allSatisfy(slot -> assertThat(store.get(slot)).hasSizeLessThan(27_000));
        assertSame(new SessionStore(store), others);
    }

    /** Else a task far behind would hold as much in memory as it reads in a second. */
    @Test
    void shouldNotWaitWithMoreThanItsShareOfTheMemory() {
        SessionStore sessions = new SessionStore(store, () -> 1 << 20);
        for (int i = 0; i < 2_000; i++) {
            add(sessions, key(i), 2, "Answered");
            sessions.flush();
        }

        assertThat(states()).as("so far, without a commit").isBetween(1_000, 1_999);
        store.flushCache();
        assertThat(states()).isEqualTo(2_000);
    }

    /** Its state is not changed by that, so it is forgotten when memory is needed, and read again. */
    @Test
    void shouldCountAnEventThatWaitsBesideTheStateOfALiveSession() {
        SessionStore sessions = new SessionStore(store, () -> 200 << 10);
        addMany(sessions, 32, "Answered");
        store.flushCache();
        add(sessions, key(0), 32, "Answered");
        sessions.flush();

        for (int i = 1; i < 2_000; i++) {
            sessions.state(key(i));
        }

        assertThat(sessions.known(key(0))).isNull();
        assertThat(sessions.state(key(0)).size().events()).isEqualTo(33);
    }

    /** Their ids are short, but each takes far more in memory. */
    @Test
    void shouldNotWaitWithSessionsThatNameManyRecordings() {
        SessionStore sessions = new SessionStore(store, () -> 8 << 20);
        List<Recording> recordings = IntStream.range(0, 2_000)
                .mapToObj(i -> new Recording("r" + i, null))
                .toList();
        for (int i = 0; i < 20; i++) {
            add(sessions, with(event(key(i), 2, "Answered", null), "Answered", recordings), 2);
            sessions.flush();
        }

        assertThat(states()).as("so far, without a commit").isPositive();
    }

    /** A record that cannot be folded again lies in the state of its session. */
    @Test
    void shouldNotWaitWithLargeStates() {
        SessionStore sessions = new SessionStore(store, () -> 1 << 20);
        for (int i = 0; i < 10; i++) {
            LastEmission emission = new LastEmission(1, null, 1, new byte[16], false, new byte[100_000]);
            sessions.putState(key(i), sessions.state(key(i)).emission(emission));
            sessions.flush();
        }

        assertThat(states()).as("so far, without a commit").isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindWhatIsNotWrittenWhenItLooksForEmittedSessions(Found found) {
        SessionStore sessions = new SessionStore(store);
        add(sessions, key(0), 2, "Answered");
        sessions.settle(sessions.get(key(0)), "s-0");
        if (found == Found.CLOSED) {
            store.flushCache();
            sessions.close(key(0), 9_000);
        }
        sessions.flush();

        assertThat(sessions.emitted(MeteredStage.ACCOUNT, 0, null, 10).emitted())
                .hasSize(found == Found.EMITTED ? 1 : 0);
    }

    /** Its late events lie beside its value, which says when it was changed last. */
    @Test
    void shouldFindALargeEmittedSessionByItsLastChange() {
        SessionStore sessions = new SessionStore(store);
        addMany(sessions, 40, "Answered");
        sessions.settle(sessions.get(key(0)), "s-0");
        sessions.flush();
        store.flushCache();

        add(sessions, key(0), 5_000, "Hold");
        sessions.flush();

        assertThat(sessions.emitted(MeteredStage.ACCOUNT, 5_000, null, 10).emitted())
                .containsExactly(key(0));
    }

    /** Else names and numbers would stay in a slot that no later call needs. */
    @Test
    void shouldEmptySlotsThatAreFreeForLong() {
        SessionStore sessions = new SessionStore(store);
        sessions.emptySlots(1_000, 500, 10);
        addMany(sessions, 40, "SecretStatus");
        store.flushCache();
        List<Bytes> slots = TestStores.keys(store, StoreKeys.Kind.SLOT);
        sessions.close(key(0), 9_000);
        sessions.flush();
        store.flushCache();

        assertThat(sessions.emptySlots(1_499, 500, 10)).as("not yet").isZero();
        assertThat(sessions.emptySlots(1_500, 500, 2)).isEqualTo(2);
        assertThat(sessions.emptySlots(1_500, 500, 10)).isEqualTo(slots.size() - 2);
        store.flushCache();

        assertThat(slots)
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        slot -> assertThat(new String(store.get(slot), UTF_8)).doesNotContain("SecretStatus", "s-0"));
        SessionStore restarted = new SessionStore(store);
        assertThat(restarted.emptySlots(5_000, 500, 10)).as("nothing left").isZero();
        for (int i = 1; i <= slots.size(); i++) {
            add(restarted, key(i), 2, "Answered");
        }
        restarted.flush();
        store.flushCache();
        assertThat(TestStores.keys(store, StoreKeys.Kind.SLOT)).containsExactlyInAnyOrderElementsOf(slots);
    }

    /** When they were freed is not known any longer. */
    @Test
    void shouldEmptyFreeSlotsAfterARestart() {
        SessionStore sessions = new SessionStore(store);
        addMany(sessions, 40, "SecretStatus");
        store.flushCache();
        sessions.close(key(0), 9_000);
        sessions.flush();
        store.flushCache();

        int emptied = new SessionStore(store).emptySlots(1_000, 500, 10);

        assertThat(emptied).isEqualTo(TestStores.count(store, StoreKeys.Kind.SLOT));
    }

    /** What the session is. */
    enum Found {
        EMITTED,
        CLOSED
    }

    private int states() {
        return TestStores.count(store, StoreKeys.Kind.STATE);
    }

    private static Doing doing(Random random) {
        int number = random.nextInt(100);
        if (number < 70) {
            return Doing.ADD;
        }
        if (number < 76) {
            return Doing.RELEASE;
        }
        if (number < 82) {
            return Doing.SETTLE;
        }
        if (number < 85) {
            return Doing.CLOSE;
        }
        return number < 96 ? Doing.COMMIT : Doing.RESTART;
    }

    private static Consumer<SessionStore> step(Doing doing, Random random, int number) {
        SessionKey key = key(random.nextInt(SESSIONS));
        int sequence = 2 + random.nextInt(50);
        String status = random.nextBoolean() ? "Answered" : "Hold";
        int peer = random.nextInt(3 * SESSIONS);
        return sessions -> {
            StoredSession session = sessions.get(key);
            if (doing == Doing.ADD && !session.state().closed()) {
                add(sessions, event(key, sequence, status, peer < SESSIONS ? key(peer) : null), number);
            } else if (doing == Doing.RELEASE) {
                session.sequence()
                        .release(number - 20)
                        .forEach(released ->
                                sessions.release(session, released.event().place()));
            } else if (doing == Doing.SETTLE && session.state().isSeen()) {
                sessions.settle(session, "s-" + number);
            } else if (doing == Doing.CLOSE && session.state().isSeen()) {
                sessions.close(key, number + 1_000);
            } else if (doing == Doing.CLOSE && session.state().closed()) {
                sessions.forget(key);
            }
        };
    }

    /** To the first session, as one step. */
    private static void addMany(SessionStore sessions, int events, String status) {
        for (int i = 0; i < events; i++) {
            add(sessions, key(0), i, status);
        }
        sessions.flush();
    }

    private static void add(SessionStore sessions, SessionKey key, int sequence, String status) {
        add(sessions, event(key, sequence, status, null), sequence);
    }

    private static void add(SessionStore sessions, PartyEvent event, int number) {
        StoredSession session = sessions.get(event.session());
        if (!session.session().isChangedBy(event)) {
            return;
        }
        if (!session.session().hasPlaceOf(event)) {
            session.sequence().arrive(event, 1 + number);
        }
        sessions.add(session, event, 1 + number, number, false);
    }

    private static SessionStore replayed(List<Consumer<SessionStore>> steps) {
        KeyValueStore<Bytes, byte[]> atOnce = TestStores.inMemory(StoreNames.CALLS);
        SessionStore sessions = new SessionStore(atOnce);
        for (Consumer<SessionStore> step : steps) {
            step.accept(sessions);
            sessions.flush();
        }
        return sessions;
    }

    private static void assertSame(SessionStore sessions, SessionStore expected) {
        for (int i = 0; i < SESSIONS; i++) {
            StoredSession session = sessions.get(key(i));
            StoredSession other = expected.get(key(i));
            assertThat(session.state()).isEqualTo(other.state());
            assertThat(session.session()).isEqualTo(other.session());
            assertThat(session.size).isEqualTo(other.size);
            assertThat(session.sequence())
                    .usingRecursiveComparison()
                    .withEqualsForType(EventBody::equals, EventBody.class)
                    .isEqualTo(other.sequence());
            assertThat(session.open()).usingRecursiveComparison().isEqualTo(other.open());
        }
    }

    private static SessionKey key(int session) {
        return new SessionKey(MeteredStage.ACCOUNT, "s-" + session);
    }

    /** A status that is too long to be read stands for all that is long: state of before can have it. */
    private static PartyEvent event(SessionKey key, int sequence, String status, @Nullable SessionKey peer) {
        String read = status.substring(0, Math.min(KeptText.MOST, status.length()));
        PartyEvent event = MeteredStage.event(
                key.telephonySessionId(),
                sequence,
                "p-" + sequence % 3,
                read,
                peer == null ? null : "AttendedTransfer",
                peer == null ? null : peer.telephonySessionId());
        return read.equals(status) ? event : with(event, status, List.of());
    }

    private static PartyEvent with(PartyEvent event, String status, List<Recording> recordings) {
        PartyFacts facts = event.facts();
        return new PartyEvent(
                event.session(),
                event.sequence(),
                event.partyId(),
                event.eventTime(),
                event.sessionId(),
                event.origin(),
                new PartyFacts(
                        status,
                        facts.reason(),
                        facts.peer(),
                        facts.accountId(),
                        facts.extensionId(),
                        facts.direction(),
                        facts.from(),
                        facts.to(),
                        facts.queueCall(),
                        facts.missedCall(),
                        facts.muted(),
                        facts.conferenceRole(),
                        facts.ringOutRole(),
                        facts.parkData(),
                        facts.sipCallId(),
                        facts.fromDeviceId(),
                        facts.toDeviceId(),
                        recordings,
                        facts.queueLabel(),
                        facts.messageId()),
                event.body());
    }
}

package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.receipt.ChangelogReceipts;
import io.callweave.topics.Headers;
import io.callweave.topology.state.OtherFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("queue"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    private final ChangelogReceipts changelog = new ChangelogReceipts("changelog");

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<String, byte[]>().getStateStoreContext(), store);
    }

    @Test
    void shouldTakeTurnsAndKeepTheOrderOfATopic() {
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 9));
        arrivals.add(arrival("1", "calls", 10));
        arrivals.add(arrival("1", "calls", 300));
        arrivals.add(arrival("1", "party-events", 4));
        arrivals.add(arrival("12", "calls", 11));

        assertThat(all(arrivals))
                .containsExactly("1 calls 9", "12 calls 11", "1 party-events 4", "1 calls 10", "1 calls 300");
        assertThat(arrivals.isEmpty("1", "calls")).isTrue();
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void shouldGiveTurnsByWhatWasDone() {
        Arrivals arrivals = arrivals();
        for (int offset = 0; offset < 60; offset++) {
            arrivals.add(arrival("1", "calls", offset));
            arrivals.add(arrival("2", "calls", 100 + offset));
        }

        StringBuilder turns = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            ArrivedRecord next = Objects.requireNonNull(arrivals.next(origin -> true));
            turns.append(next.account());
            arrivals.done(next.account(), next.account().equals("1") ? 100 : 4);
            arrivals.remove(next);
        }

        assertThat(turns).matches("(12{25}){2}12*");
    }

    @Test
    void shouldGiveTurnsToWhomMuchWasDoneForWhileOthersComeAndGo() {
        Arrivals arrivals = arrivals();
        for (int offset = 0; offset < 200; offset++) {
            arrivals.add(arrival("much", "calls", offset));
        }
        arrivals.done("much", 50);
        int next = 1_000;
        arrivals.add(arrival("a", "calls", next++));
        arrivals.add(arrival("b", "calls", next++));
        String gone = "c";
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            arrivals.add(arrival(gone, "calls", next++));
            ArrivedRecord turn = Objects.requireNonNull(arrivals.next(origin -> true));
            turns.add(turn.account());
            arrivals.done(turn.account(), 1);
            arrivals.remove(turn);
            gone = turn.account().equals("much") ? gone : turn.account();
        }

        assertThat(turns).filteredOn("much"::equals).hasSizeGreaterThan(80);
    }

    /** A newcomer's records are looked at at once, as long as they make little. */
    @Test
    void shouldKeepNobodyWaitingForWhatOthersMake() {
        List<String> read = new ArrayList<>();
        RecordIntake intake = new RecordIntake(
                arrivals(),
                origin -> true,
                (arrival, after, most) -> {
                    read.add(arrival.account() + " " + arrival.origin().offset());
                    return new RecordIntake.Made(100, 0, null);
                },
                () -> Instant.EPOCH);
        intake.take(arrival("1", "calls", 1));
        intake.take(arrival("1", "calls", 2));
        intake.take(arrival("2", "calls", 3));

        assertThat(read).containsExactly("1 1", "2 3");
    }

    /** The thread has others to serve. */
    @Test
    void shouldEndARoundWhenItsTimeIsOver() {
        List<Long> read = new ArrayList<>();
        Instant[] now = {Instant.EPOCH};
        RecordIntake intake = new RecordIntake(
                arrivals(),
                origin -> true,
                (arrival, after, most) -> {
                    read.add(arrival.origin().offset());
                    now[0] = now[0].plusMillis(4);
                    return new RecordIntake.Made(1, 0, null);
                },
                () -> now[0]);
        for (int offset = 0; offset < 200; offset++) {
            intake.take(arrival("1", "calls", offset));
        }
        assertThat(read).hasSize(100);
        intake.work(Duration.ofMillis(10));

        assertThat(read).hasSize(103);
    }

    /** Whose name begins with the keys of another's records. */
    @Test
    void shouldTellAccountsApartWhateverTheirNames() {
        String hostile = "1\0calls\0\0\0\0\0\0\0\n";
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 9));
        arrivals.add(arrival(hostile, "calls", 3));
        arrivals.add(arrival("1", "calls", 300));
        arrivals.add(arrival(hostile, "calls", 4));

        assertThat(all(arrivals))
                .containsExactly("1 calls 9", hostile + " calls 3", "1 calls 300", hostile + " calls 4");
        assertThat(arrivals.isEmpty("1", "calls")).isTrue();
        assertThat(arrivals.isEmpty(hostile, "calls")).isTrue();
    }

    @Test
    void shouldHaveWhatWaitedBeforeARestartAndTakeNoneTwice() {
        Arrivals before = arrivals();
        before.add(arrival("1", "calls", 9));
        before.add(arrival("1", "calls", 10));
        new DeliveryQueue(store)
                .put(QueuedWebhook.of("sub-1", DeliveryHeaders.test("sub-1", 1), 1, origin("calls", 8)));

        Arrivals after = arrivals();
        after.add(arrival("1", "calls", 9));
        after.add(arrival("1", "calls", 10));
        after.add(arrival("1", "calls", 11));

        assertThat(after.isEmpty("1", "calls")).isFalse();
        assertThat(all(after)).containsExactly("1 calls 9", "1 calls 10", "1 calls 11");
        assertThat(new DeliveryQueue(store).subscriptions()).containsExactly("sub-1");
    }

    /** After the first record of a call nobody hears that it has started. */
    @Test
    void shouldTakeTheOlderOfCallsAndLiveCallsFirst() {
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 1, 10));
        arrivals.add(arrival("1", "live-calls", 7, 11));
        arrivals.add(arrival("1", "live-calls", 8, 12));
        arrivals.add(arrival("1", "calls", 2, 13));
        arrivals.add(arrival("1", "party-events", 5, 9));
        arrivals.add(arrival("2", "calls", 3, 20));

        assertThat(arrivals.isEmpty("1", "live-calls")).isFalse();
        assertThat(arrivals.isEmpty("2", "live-calls")).isFalse();
        assertThat(arrivals.isEmpty("2", "party-events")).isTrue();
        assertThat(Objects.requireNonNull(
                                arrivals.next(origin -> !origin.topic().equals("calls")))
                        .origin())
                .isEqualTo(origin("live-calls", 7));
        assertThat(all(arrivals).stream().filter(each -> each.contains("calls")))
                .containsExactly("1 calls 1", "2 calls 3", "1 live-calls 7", "1 live-calls 8", "1 calls 2");
    }

    @Test
    void shouldPassOverWhatIsNotReady() {
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 9));
        arrivals.add(arrival("2", "calls", 3));

        assertThat(arrivals.next(origin -> false)).isNull();
        assertThat(Objects.requireNonNull(arrivals.next(origin -> origin.offset() < 9))
                        .account())
                .isEqualTo("2");
    }

    /** A thousand lines wait for the next commit. */
    @Test
    void shouldReadNothingThatIsNotReady() {
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 9));
        arrivals.add(arrival("1", "calls", 10));
        arrivals.remove(Objects.requireNonNull(arrivals.next(origin -> origin.offset() < 10)));
        store.put(QueueKeys.ofArrival("1", "calls", 10), new byte[] {0});

        assertThat(arrivals.next(origin -> origin.offset() < 10)).isNull();
        assertThatThrownBy(() -> arrivals.next(origin -> true)).isInstanceOf(OtherFormatException.class);
    }

    /** Of a second reading, after a subscription came that wants it. */
    @Test
    void shouldFindARecordThatEntersBetweenOthersOfItsLine() {
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 9));
        arrivals.add(arrival("1", "calls", 10));
        arrivals.add(arrival("1", "calls", 12));
        arrivals.remove(Objects.requireNonNull(arrivals.next(origin -> true)));

        arrivals.add(arrival("1", "calls", 11));

        assertThat(all(arrivals)).containsExactly("1 calls 10", "1 calls 11", "1 calls 12");
    }

    /** To let it wait would take longer. */
    @Test
    void shouldLetFewerRecordsWaitOfWhichNothingIsMade() {
        Arrivals arrivals = arrivals();
        int[] webhooks = {0};
        RecordIntake intake = new RecordIntake(
                arrivals,
                origin -> true,
                (arrival, after, most) -> new RecordIntake.Made(webhooks[0], 0, null),
                InstantSource.system());
        for (int offset = 0; offset < 3 * RecordIntake.MOST_MADE; offset++) {
            intake.take(arrival("1", "calls", offset));
        }
        assertThat(all(arrivals)).isEmpty();

        webhooks[0] = 1;
        for (int offset = 0; offset < 2 * RecordIntake.MOST_MADE; offset++) {
            intake.take(arrival("2", "calls", offset));
        }

        assertThat(all(arrivals)).hasSize(RecordIntake.MOST_MADE);
    }

    @Test
    void shouldKeepAllOfARecord() {
        Arrivals arrivals = arrivals();
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(Headers.FEED_GAP, "1/x"));
        headers.add("none", null);
        headers.add("long".repeat(20_000), new byte[] {1});
        byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
        arrivals.add(new ArrivedRecord("1", origin("calls", 1), "1/s-1", 7, headers, value));
        arrivals.add(new ArrivedRecord("2", origin("live-calls", 1), "2/s-1", 8, new RecordHeaders(), null));

        ArrivedRecord first = Objects.requireNonNull(arrivals.next(origin -> true));
        assertThat(first)
                .usingRecursiveComparison()
                .isEqualTo(new ArrivedRecord("1", origin("calls", 1), "1/s-1", 7, headers, value));
        assertThat(Objects.requireNonNull(arrivals.next(origin -> true)).value())
                .isNull();
    }

    @Test
    void shouldRefuseWhatAnotherVersionWroteWithASentence() {
        byte[] other = ArrivalCodec.write(arrival("1", "calls", 1));
        other[0]++;

        assertThatThrownBy(() -> ArrivalCodec.read(other))
                .isInstanceOf(OtherFormatException.class)
                .hasMessageContaining("Start the version that wrote it");
    }

    /** Its keys had no byte for their kind, so that nothing would ever find them. */
    @Test
    void shouldRefuseTheKeysOfAnOlderQueueWithASentence() {
        QueuedWebhook delivery =
                QueuedWebhook.of("-sub", DeliveryHeaders.test("-sub", 1), 1, origin("deliver-requests", 8));
        byte[] older = DeliveryCodec.write(delivery);
        older[0] = 2;
        store.put(Bytes.wrap("-sub\0test/-sub".getBytes(StandardCharsets.UTF_8)), older);

        assertThatThrownBy(() -> new DeliveryQueue(store))
                .isInstanceOf(OtherFormatException.class)
                .hasMessageContaining("has the form 2")
                .hasMessageContaining("change to this one when nothing waits");
    }

    @Test
    void shouldSettleWhatHasNoOlderBeforeItWhenTheChangelogHasThatItLeft() {
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 9));
        arrivals.add(arrival("1", "calls", 10));
        assertThat(arrivals.isSettled("1", origin("calls", 8))).isTrue();
        assertThat(arrivals.isSettled("1", origin("calls", 11))).isFalse();
        assertThat(arrivals.isSettled("1", origin("live-calls", 11))).isTrue();
        assertThat(arrivals.isSettled("2", origin("calls", 11))).isTrue();

        changelog.sent("changelog", 0);
        changelog.sent("other", 0);
        changelog.sent("changelog", 1);
        all(arrivals);
        long changes = arrivals.changes();
        arrivals.settle();
        assertThat(arrivals.isSettled("1", origin("calls", 11))).isTrue();
        assertThat(arrivals.isSettled("1", origin("calls", 9))).isFalse();
        assertThat(arrivals.changes()).isEqualTo(changes);

        changelog.acknowledged("changelog", 0);
        arrivals.settle();
        assertThat(arrivals.isSettled("1", origin("calls", 9))).isTrue();
        assertThat(arrivals.isSettled("1", origin("calls", 10))).isTrue();
        assertThat(arrivals.changes()).isNotEqualTo(changes);
    }

    /** The task ends at its next write, and the broker has it in its line. */
    @Test
    void shouldSettleNothingThatTheChangelogCouldNotTake() {
        Arrivals arrivals = arrivals();
        arrivals.add(arrival("1", "calls", 9));
        changelog.sent("changelog", 0);
        all(arrivals);

        changelog.failed("changelog", 0);
        changelog.sent("changelog", 0);
        arrivals.settle();
        assertThat(arrivals.isSettled("1", origin("calls", 9))).isFalse();

        changelog.acknowledged("changelog", 0);
        arrivals.settle();
        assertThat(arrivals.isSettled("1", origin("calls", 9))).isTrue();
    }

    /** So many bytes take as long as many webhooks. */
    @Test
    void shouldLookAtFewLargeRecordsInARound() {
        List<Long> read = new ArrayList<>();
        RecordIntake intake = new RecordIntake(
                arrivals(),
                origin -> true,
                (arrival, after, most) -> {
                    read.add(arrival.origin().offset());
                    return new RecordIntake.Made(10, 0, null);
                },
                () -> Instant.EPOCH);
        for (int offset = 0; offset < 10; offset++) {
            intake.take(new ArrivedRecord(
                    "1", origin("calls", offset), "key", offset, new RecordHeaders(), new byte[2_000_000]));
        }
        assertThat(read).containsExactly(0L);

        intake.work(Duration.ofMillis(10));
        assertThat(read).containsExactly(0L, 1L, 2L, 3L);
    }

    /** What is of others comes between its portions, and nothing newer of the account before its end. */
    @Test
    void shouldLookAtARecordForSomeSubscriptionsAtATime() {
        List<String> read = new ArrayList<>();
        RecordIntake intake = new RecordIntake(
                arrivals(),
                origin -> true,
                (arrival, after, most) -> {
                    String last = after + "+";
                    read.add(arrival.account() + arrival.origin().offset() + last);
                    return new RecordIntake.Made(
                            most, 0, last.length() < 3 && arrival.account().equals("1") ? last : null);
                },
                () -> Instant.EPOCH);
        intake.take(new ArrivedRecord("1", origin("calls", 1), "a", 1, new RecordHeaders(), new byte[2_100_000]));
        intake.take(new ArrivedRecord("1", origin("calls", 2), "b", 2, new RecordHeaders(), new byte[2_100_000]));
        intake.take(new ArrivedRecord("2", origin("calls", 3), "c", 3, new RecordHeaders(), new byte[2_100_000]));
        for (int round = 0; round < 6; round++) {
            intake.work(Duration.ofMillis(10));
        }

        assertThat(read).containsExactly("11+", "23+", "11++", "11+++", "12+", "12++", "12+++");
    }

    private Arrivals arrivals() {
        return new Arrivals(store, Set.of("calls", "live-calls"), changelog.of(0));
    }

    private static List<String> all(Arrivals arrivals) {
        List<String> all = new ArrayList<>();
        for (ArrivedRecord next = arrivals.next(origin -> true); next != null; next = arrivals.next(origin -> true)) {
            all.add(next.account() + " " + next.origin().topic() + " "
                    + next.origin().offset());
            arrivals.done(next.account(), 1);
            arrivals.remove(next);
        }
        return all;
    }

    private static ArrivedRecord arrival(String account, String topic, long offset) {
        return arrival(account, topic, offset, 1);
    }

    private static ArrivedRecord arrival(String account, String topic, long offset, long time) {
        return new ArrivedRecord(
                account, origin(topic, offset), "key", time, new RecordHeaders(), new byte[] {'{', '}'});
    }

    private static QueuedWebhook.Origin origin(String topic, long offset) {
        return new QueuedWebhook.Origin(topic, offset);
    }
}

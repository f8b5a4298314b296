package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.callweave.topology.StoreNames;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.state.TestStores;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatermarkTest {

    private static final int PARTITIONS = 3;

    private TestStores stores;
    private Watermark watermark;

    @BeforeEach
    void open(@TempDir Path directory) {
        stores = new TestStores(directory);
        watermark = new Watermark(stores.get(StoreNames.CALLS));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldKnowNoTimeUntilAllPartitionsWereHeardOf() {
        mark(0, 100);
        mark(1, 200);
        assertThat(watermark.now()).isEqualTo(Long.MIN_VALUE);

        mark(2, 300);

        assertThat(watermark.now()).isEqualTo(100);
    }

    @Test
    void shouldBeAsFarAsThePartitionThatIsLeast() {
        marks(100, 200, 300);

        mark(0, 250);
        assertThat(watermark.now()).isEqualTo(200);
        mark(1, 400);
        assertThat(watermark.now()).isEqualTo(250);
    }

    @Test
    void shouldNeverRunBackwards() {
        marks(100, 100, 100);

        mark(1, 50);

        assertThat(watermark.now()).isEqualTo(100);
    }

    @Test
    void shouldTakeAnEventAsASignOfItsPartition() {
        marks(100, 200, 300);

        watermark.observe(0, 150);
        assertThat(watermark.now()).isEqualTo(150);
        watermark.observe(0, 120);
        assertThat(watermark.now()).isEqualTo(150);
    }

    @Test
    void shouldNotTakeEventsForAllPartitionsBeforeTheirMarks() {
        watermark.observe(0, 100);
        watermark.observe(1, 100);
        watermark.observe(2, 100);

        assertThat(watermark.now()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldGoOnAfterARestartWhereTheMarksWere() {
        marks(100, 200, 300);

        watermark = new Watermark(stores.reopen(StoreNames.CALLS));
        assertThat(watermark.now()).isEqualTo(100);
        mark(0, 50);
        assertThat(watermark.now()).isEqualTo(100);
        mark(0, 250);
        assertThat(watermark.now()).isEqualTo(200);
    }

    @Test
    void shouldWriteAClockOnceAMinute() {
        marks(100, 200, 300);
        marks(60_099, 60_199, 60_299);
        assertThat(restarted().now()).isEqualTo(100);

        marks(60_100, 60_200, 60_300);

        assertThat(restarted().now()).isEqualTo(60_100);
    }

    /** Nobody tells it again after a restart. */
    @Test
    void shouldWriteAClockThatHasStopped() {
        marks(100, 200, 300);
        marks(50_100, 50_200, 50_300);
        watermark.keepStopped(0);
        mark(1, 50_900);
        watermark.keepStopped(4_999);
        assertThat(restarted().now()).isEqualTo(100);

        watermark.keepStopped(5_000);

        assertThat(restarted().of(0)).isEqualTo(50_100);
        assertThat(restarted().of(1)).isEqualTo(200);
        assertThat(restarted().of(2)).isEqualTo(50_300);
    }

    private Watermark restarted() {
        return new Watermark(stores.get(StoreNames.CALLS));
    }

    @Test
    void shouldNeverBeEarlierAfterARestartThanWhenSomethingWasDoneByIt() {
        marks(100, 200, 300);
        mark(0, 180);
        assertThat(watermark.now()).isEqualTo(180);
        watermark.keep();

        watermark = new Watermark(stores.reopen(StoreNames.CALLS));

        assertThat(watermark.now()).isEqualTo(180);
        mark(0, 190);
        assertThat(watermark.now()).isEqualTo(190);
    }

    @Test
    void shouldStillWaitAfterARestartForPartitionsThatWereNotHeardOf() {
        mark(0, 100);

        watermark = new Watermark(stores.reopen(StoreNames.CALLS));

        assertThat(watermark.now()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldWaitForPartitionsThatAreAddedAlsoWhileOthersDoNotKnowThem() {
        marks(100, 200, 300);
        watermark.mark(RepartitionMessage.Mark.of(0, PARTITIONS + 1, 400));
        marks(500, 500, 500);
        assertThat(watermark.now()).isEqualTo(100);

        watermark.mark(RepartitionMessage.Mark.of(PARTITIONS, PARTITIONS + 1, 450));

        assertThat(watermark.now()).isEqualTo(450);
    }

    @Test
    void shouldRefuseAStateOfANewerVersion() {
        KeyValueStore<Bytes, byte[]> store = stores.get(StoreNames.CALLS);
        mark(0, 100);
        KeyValue<Bytes, byte[]> entry;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entry = entries.next();
        }
        entry.value[0] = 9;
        store.put(entry.key, entry.value);

        assertThatIllegalStateException()
                .isThrownBy(() -> new Watermark(store))
                .withMessageStartingWith("A clock entry has the state format 9");
    }

    private void marks(long... times) {
        for (int partition = 0; partition < times.length; partition++) {
            mark(partition, times[partition]);
        }
    }

    private void mark(int partition, long time) {
        watermark.mark(RepartitionMessage.Mark.of(partition, PARTITIONS, time));
    }
}

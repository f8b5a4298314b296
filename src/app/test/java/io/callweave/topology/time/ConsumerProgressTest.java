package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Whether a thread is far behind, by what its consumer knows. */
class ConsumerProgressTest {

    private static final TopicPartition ONE = new TopicPartition("notifications", 0);
    private static final TopicPartition OTHER = new TopicPartition("notifications", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final AtomicLong nanos = new AtomicLong(1);
    private final DeliveredOffsets delivered = new DeliveredOffsets(nanos::get);
    private final ConsumerProgress progress = new ConsumerProgress(() -> 0, Duration.ZERO, nanos::get);

    ConsumerProgressTest() {
        consumer.assign(List.of(ONE, OTHER));
        consumer.updateBeginningOffsets(Map.of(ONE, 0L, OTHER, 0L));
        consumer.updateEndOffsets(Map.of(ONE, 1L, OTHER, 10_000L));
        consumer.addRecord(record(ONE));
        remember(consumer, delivered);
    }

    private void remember(MockConsumer<byte[], byte[]> reading, DeliveredOffsets given) {
        String thread = Thread.currentThread().getName();
        progress.remember(Map.of(CommonClientConfigs.CLIENT_ID_CONFIG, thread + "-consumer"), reading, given);
    }

    @Test
    void shouldBeFarBehindWhileMuchIsLeftToRead() {
        poll();

        assertThat(isFarBehind("")).isTrue();
    }

    @Test
    void shouldNotCountWhatWaitsForATaskThatRestoresItsStores() {
        consumer.pause(List.of(OTHER));
        poll();

        assertThat(isFarBehind("")).isFalse();
    }

    @Test
    void shouldCountWhatWaitsForATaskWhoseBufferIsFull() {
        consumer.addRecord(record(OTHER));
        poll();
        consumer.pause(List.of(OTHER));

        assertThat(isFarBehind("")).isTrue();
    }

    @Test
    void shouldNotCountForLongWhatTheBrokersDoNotGive() {
        consumer.addRecord(record(OTHER));
        poll();

        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(isFarBehind(OTHER.topic())).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(isFarBehind(OTHER.topic())).isFalse();
    }

    @Test
    void shouldBeFarBehindWithTheOthersInWhatIsForAllThreads() throws Exception {
        assertThat(onAnotherThread("other topic")).isFalse();
        poll();
        progress.nanosBehind("other topic");
        assertThat(onAnotherThread("other topic")).isFalse();

        progress.nanosBehind(ONE.topic());
        nanos.addAndGet(Duration.ofMillis(299).toNanos());
        assertThat(onAnotherThread(ONE.topic())).isTrue();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(onAnotherThread(ONE.topic())).isFalse();
    }

    /** Of a thread that has read everything. */
    private boolean onAnotherThread(String forAll) throws Exception {
        FutureTask<Boolean> asking = new FutureTask<>(() -> {
            remember(new MockConsumer<>("earliest"), new DeliveredOffsets(nanos::get));
            return isFarBehind(forAll);
        });
        Thread thread = new Thread(asking, "other");
        thread.start();
        thread.join();
        return asking.get();
    }

    private boolean isFarBehind(String forAll) {
        return progress.nanosBehind(forAll) >= SourceProgress.FAR_BEHIND_NANOS;
    }

    private void poll() {
        delivered.note(consumer.poll(Duration.ZERO));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), 0, null, new byte[1]);
    }
}

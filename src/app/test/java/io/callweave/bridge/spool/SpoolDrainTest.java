package io.callweave.bridge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.spool.disk.RecordCodec;
import io.callweave.bridge.spool.disk.Spool;
import io.callweave.bridge.spool.disk.SpoolCounters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDrainTest {

    private static final int RECORDS = 20;
    private static final int RECORD_BYTES = 1 << 20;

    private final SpoolCounters counters = new SpoolCounters(new SimpleMeterRegistry());

    @TempDir
    private Path folder;

    /** What a broker did not acknowledge before it went away is sent again, and must not count twice. */
    @Test
    void shouldHandOverEverythingAfterItGaveUpWithAsManyBytesAsItMaySend() throws IOException {
        try (Spool spool = Spool.open(folder, counters, null)) {
            RawRecord raw = new RawRecord("notifications", null, new byte[RECORD_BYTES], List.of());
            spool.append(Collections.nCopies(RECORDS, RecordCodec.encode(raw, 1)), 1);
            SpoolDrain drain = drain(spool);
            MockProducer<byte[], byte[]> silent = producer(false);
            drain.fill(silent);
            assertThat(silent.history()).isNotEmpty();

            drain.giveUp(false);
            MockProducer<byte[], byte[]> next = producer(true);
            for (int i = 0; i < RECORDS && spool.depth() > 0; i++) {
                drain.fill(next);
                drain.removeDone(true);
            }

            assertThat(spool.depth()).isZero();
            assertThat(next.history()).hasSize(RECORDS);
        }
    }

    private SpoolDrain drain(Spool spool) {
        return new SpoolDrain(
                spool,
                new Undeliverable(
                        SpoolSettings.of(folder, 1, Duration.ofSeconds(1), List.of(), Map.of(), PartitionChoice.BY_KEY),
                        counters),
                counters,
                new ProducerSends(() -> TopicLimits.UNKNOWN, PartitionChoice.BY_KEY, () -> {}),
                () -> {});
    }

    private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}

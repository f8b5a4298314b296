package io.callweave.bridge.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.RawRecord;
import io.callweave.meter.Metric;
import io.callweave.topics.Headers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While there is no Kafka. */
class SpooledSinkTest {

    private static final int MAX_BYTES = 1 << 20;
    private static final int SMALL = 1_000;

    /** One more than fit. */
    private static final int LARGE = MAX_BYTES / 7;

    @TempDir
    private Path folder;

    private SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldLeaveRoomForOtherAccountsAlsoAfterARestart() {
        try (SpooledSink sink = open()) {
            sink.shareAmong(3);
            fill(sink, "1");
            assertThat(keep(sink, "2", LARGE)).isEqualTo(Kept.KEPT);
            assertThat(sink.status().room()).isTrue();
        }

        try (SpooledSink sink = open()) {
            sink.shareAmong(3);
            assertThat(keep(sink, "1", LARGE)).isEqualTo(Kept.NO_ROOM);
            assertThat(keep(sink, "2", SMALL)).isEqualTo(Kept.KEPT);
            assertThat(keep(sink, "3", SMALL)).isEqualTo(Kept.KEPT);
            assertThat(sink.status().room()).isTrue();
            assertThat(full()).isZero();
        }
    }

    @Test
    void shouldSayFromTheStartThatItIsFull() {
        try (SpooledSink sink = open()) {
            fill(sink, "1");
            assertThat(sink.status().room()).isFalse();
        }

        try (SpooledSink sink = open()) {
            assertThat(sink.status().room()).isFalse();
            assertThat(full()).isEqualTo(1);
        }
    }

    private double full() {
        return registry.get(Metric.SPOOL_FULL.meterName()).gauge().value();
    }

    private static void fill(SpooledSink sink, String account) {
        Kept kept = Kept.KEPT;
        for (int i = 0; i < MAX_BYTES / LARGE + 1 && kept == Kept.KEPT; i++) {
            kept = keep(sink, account, LARGE);
        }
        assertThat(kept).isEqualTo(Kept.NO_ROOM);
    }

    private static Kept keep(SpooledSink sink, String account, int bytes) {
        RawRecord raw = new RawRecord(
                "notifications",
                "s-1".getBytes(UTF_8),
                new byte[bytes],
                List.of(Headers.text(Headers.ACCOUNT, account)));
        return sink.keep(raw).join();
    }

    private SpooledSink open() {
        registry = new SimpleMeterRegistry();
        return SpooledSink.open(
                SpoolSettings.of(
                        folder,
                        MAX_BYTES,
                        SpoolSettings.DEFAULT_KAFKA_TIMEOUT,
                        List.of("notifications"),
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        PartitionChoice.BY_KEY),
                registry);
    }
}

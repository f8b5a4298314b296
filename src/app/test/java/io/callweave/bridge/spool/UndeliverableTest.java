package io.callweave.bridge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.spool.disk.SpoolCounters;
import io.callweave.meter.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndeliverableTest {

    private static final long SPOOL_BYTES = 1 << 20;
    private static final RawRecord RAW = new RawRecord("notifications", null, new byte[40_000], List.of());
    private static final Exception REFUSAL = new RecordTooLargeException("it is too large");

    /** Each takes a third more in Base64. */
    private static final int FIT_INTO_A_QUARTER = 5;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private Path file;
    private Undeliverable undeliverable;

    @BeforeEach
    void open() {
        file = folder.resolve("undeliverable.ndjson");
        undeliverable = new Undeliverable(
                SpoolSettings.of(
                        folder, SPOOL_BYTES, Duration.ofSeconds(1), List.of(), Map.of(), PartitionChoice.BY_KEY),
                new SpoolCounters(registry));
    }

    /** One sender must not take the room of all others; it hears that its record is not kept. */
    @Test
    void shouldTakeOnlyAPartOfTheSpoolFromSenders() throws IOException {
        for (int i = 0; i < FIT_INTO_A_QUARTER; i++) {
            assertThat(undeliverable.setAsideIfFew(RAW, REFUSAL)).isTrue();
        }
        long full = undeliverable.bytes();

        assertThat(undeliverable.setAsideIfFew(RAW, REFUSAL)).isFalse();

        assertThat(undeliverable.bytes()).isEqualTo(full).isEqualTo(Files.size(file));
        assertThat(registry.get(Metric.SPOOL_UNDELIVERABLE.meterName())
                        .counter()
                        .count())
                .isEqualTo(FIT_INTO_A_QUARTER);
    }

    /** Its sender has its answer, and all that is behind it would wait. */
    @Test
    void shouldTakeAllOfTheSpool() throws IOException {
        for (int i = 0; i < 2 * FIT_INTO_A_QUARTER; i++) {
            assertThat(undeliverable.setAside(RAW, REFUSAL)).isTrue();
        }

        assertThat(Files.readAllLines(file)).hasSize(2 * FIT_INTO_A_QUARTER);
    }

    @Test
    void shouldBeForItsUserOnly() throws IOException {
        undeliverable.setAside(RAW, REFUSAL);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldTakeMoreOnceTheFileIsMovedAway() throws IOException {
        for (int i = 0; i < 2 * FIT_INTO_A_QUARTER; i++) {
            undeliverable.setAsideIfFew(RAW, REFUSAL);
        }

        Files.move(file, folder.resolve("looked-at"));

        assertThat(undeliverable.bytes()).isZero();
        assertThat(undeliverable.setAsideIfFew(RAW, REFUSAL)).isTrue();
    }
}

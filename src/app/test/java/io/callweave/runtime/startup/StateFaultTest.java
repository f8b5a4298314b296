package io.callweave.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class StateFaultTest {

    @Test
    void shouldTellOfAFullDisk() {
        assertThat(StateFault.sentence(opening(new RocksDBException(
                        "write", new Status(Status.Code.IOError, Status.SubCode.NoSpace, "000012.sst")))))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("The disk of state.dir is full. "));
        assertThat(StateFault.sentence(opening(new FileSystemException("/state", null, "No space left on device"))))
                .isPresent();
    }

    @Test
    void shouldTellOfAMissingPermission() {
        assertThat(StateFault.sentence(opening(new AccessDeniedException("/state/app"))))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("This user may not write to state.dir. ")
                        .endsWith("/state/app"));
        assertThat(StateFault.sentence(opening(new RocksDBException("While open a file: Permission denied"))))
                .isPresent();
    }

    @Test
    void shouldTellOfALockAndOfAReadOnlyDisk() {
        assertThat(StateFault.sentence(opening(
                        new RocksDBException("While lock file: /state/LOCK: Resource temporarily unavailable"))))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("Another process uses the state"));
        assertThat(StateFault.sentence(opening(new IOException("/state: Read-only file system"))))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("read-only"));
    }

    @Test
    void shouldKnowNothingOfOtherFaults() {
        assertThat(StateFault.sentence(opening(new IOException("connection reset"))))
                .isEmpty();
    }

    private static RuntimeException opening(Exception cause) {
        return new ProcessorStateException("Error opening store sessions", cause);
    }
}

package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolledRecordsTest {

    /** Some hundred calls with 800 parties each, 1.8 MB that are compressed to 0.1, ended roles with a small heap. */
    @ParameterizedTest
    @CsvSource({"1, 256", "1, 384", "4, 768", "48, 512", "1, 100000"})
    void shouldFindRoomForLargeOnes(int consumers, long mebibytes) {
        long heap = mebibytes << 20;

        long records = (long) consumers * PolledRecords.ofEach(consumers, heap);

        assertThat(records * 1_800_000).isLessThan(Math.max(consumers * 1_800_001L, heap / 6));
        assertThat(records).isPositive();
    }
}

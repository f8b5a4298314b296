package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientMemoryTest {

    private static final long MIB = 1 << 20;
    private static final int TOPICS = 9;

    /** A run with 48 partitions and 400 MiB once spent all its time collecting garbage: 96 MiB were in batches. */
    @ParameterizedTest
    @CsvSource({"300, 1, 12", "400, 2, 48", "400, 8, 48", "2048, 2, 48", "2048, 16, 100", "8192, 2, 12"})
    void shouldLeaveMostOfTheHeapToTheCalls(long heap, int threads, int partitions) {
        ClientMemory memory = new ClientMemory(heap * MIB, threads, partitions);

        long batches = (long) memory.batchBytes(2_048 * MIB) * TOPICS * partitions * threads;
        assertThat(2 * batches).isLessThanOrEqualTo(heap * MIB / 8);
        assertThat((long) memory.fetchBytes() * threads).isLessThanOrEqualTo(heap * MIB / 16);
    }

    /** Larger ones gain nothing. */
    @Test
    void shouldStayAtTheUsualSizesWithTheUsualHeap() {
        ClientMemory memory = new ClientMemory(2_048 * MIB, 2, 12);

        assertThat(memory.batchBytes(128 * MIB)).isEqualTo(128 << 10);
        assertThat(memory.fetchBytes()).isEqualTo(50 << 20);
    }

    @Test
    void shouldNeverGoBelowWhatWorks() {
        ClientMemory memory = new ClientMemory(MIB, 64, 1_000);

        assertThat(memory.batchBytes(128 * MIB)).isEqualTo(4 << 10);
        assertThat(memory.fetchBytes()).isEqualTo(1 << 20);
    }

    @Test
    void shouldLetUsersSayHowMuchIsFetched() {
        assertThat(with(Map.of())).containsEntry("consumer.fetch.max.bytes", (int) (20 * MIB));
        assertThat(with(Map.of("num.stream.threads", "2"))).containsEntry("consumer.fetch.max.bytes", (int) (10 * MIB));
        assertThat(with(Map.of("fetch.max.bytes", "1000")))
                .containsEntry("fetch.max.bytes", "1000")
                .doesNotContainKey("consumer.fetch.max.bytes");
    }

    private static Properties with(Map<String, Object> given) {
        return StreamsOptions.of(given, 12, 320 * MIB);
    }
}

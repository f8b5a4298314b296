package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicReaderTest {

    /** With 48 partitions and 400 MiB of heap, a run once had no memory left to read what came out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 48, 100, 1_000})
    void shouldHoldNoMoreOfManyPartitionsThanOfAFew(int together) {
        Map<String, Integer> limits = TopicReader.limits(together);

        assertThat((long) limits.get("max.poll.records") * together).isBetween(1L, Math.max(together, 500L));
        assertThat((long) limits.get("fetch.max.bytes") * together).isBetween(1L, 16L << 20);
        assertThat(limits.get("max.partition.fetch.bytes")).isEqualTo(limits.get("fetch.max.bytes"));
    }

    @Test
    void shouldReadOnePartitionInLargeParts() {
        assertThat(TopicReader.limits(1)).containsEntry("fetch.max.bytes", 1 << 20);
    }
}

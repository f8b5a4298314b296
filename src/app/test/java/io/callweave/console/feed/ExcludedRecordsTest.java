package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.record.ExcludedCalls;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ExcludedRecordsTest {

    private final ExcludedRecords excluded =
            new ExcludedRecords(ExcludedCalls.parse("number:+15550100").orElseThrow(), "p.");

    private static ConsumerRecords<byte[], byte[]> records(String topic, String... values) {
        TopicPartition partition = new TopicPartition(topic, 0);
        return new ConsumerRecords<>(
                Map.of(
                        partition,
                        List.of(values).stream()
                                .map(value -> new ConsumerRecord<>(
                                        topic, 0, 7, "1/s-1".getBytes(UTF_8), value.getBytes(UTF_8)))
                                .toList()),
                Map.of());
    }

    private List<Boolean> areShown(ConsumerRecords<byte[], byte[]> read) {
        return excluded.without(read).records(read.partitions().iterator().next()).stream()
                .map(record -> record.value() != null)
                .toList();
    }

    @Test
    void shouldPutACountedTombstoneInThePlaceOfWhatMustNotBeShown() {
        String hidden = "{\"accountId\":\"1\",\"from\":{\"phoneNumber\":\"+15550100\"}}";
        String other = "{\"accountId\":\"1\",\"from\":{\"phoneNumber\":\"+15550101\"}}";

        List<Boolean> calls = areShown(records("p.calls", other, hidden));

        assertThat(calls).containsExactly(true, false);
        assertThat(areShown(records("p.live-calls", hidden))).containsExactly(false);
        assertThat(areShown(records(
                        "p.window-metrics",
                        "{\"accountId\":\"1\",\"scope\":\"number\",\"scopeId\":\"+15550100\"}",
                        "{\"accountId\":\"1\",\"scope\":\"account\",\"scopeId\":\"1\"}")))
                .containsExactly(false, true);
        assertThat(areShown(records("p.notifications", hidden))).containsExactly(true);
        assertThat(excluded.count()).isEqualTo(3);
    }

    @Test
    void shouldDropDeadLettersThatNameWhatMustNotBeShown() {
        String json = "{\"body\":{\"parties\":[{\"from\":{\"phoneNumber\":\"+15550100\"}}]}}";
        String broken = "{\"phoneNumber\":\"+15550100\"";
        String other = "{\"phoneNumber\":\"+15550101\"";

        List<Boolean> shown = areShown(records("p.dead-letters", json, broken, other));

        assertThat(shown).containsExactly(true);
        assertThat(excluded.count()).isEqualTo(2);
    }

    @Test
    void shouldNotShowALiveCallAgainWhenWhoIsExcludedHasLeftIt() {
        String both = "{\"parties\":[{\"phoneNumber\":\"+15550100\"},{\"phoneNumber\":\"+15550101\"}]}";
        String one = "{\"parties\":[{\"phoneNumber\":\"+15550101\"}]}";

        List<Boolean> shown = areShown(records("p.live-calls", one, both, one));

        assertThat(shown).containsExactly(true, false, false);
    }
}

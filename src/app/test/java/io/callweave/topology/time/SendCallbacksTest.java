package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** Kafka Streams hears all that it uses of its own callbacks. */
class SendCallbacksTest {

    private static final String OUTPUT = "party-events";
    private static final String CHANGELOG = "callweave-sessions-changelog";

    private final RecordTooLargeException failed = new RecordTooLargeException();

    /** What a callback was told: a record's name with an offset or a failure. */
    private final List<String> told = new ArrayList<>();

    private final SendCallbacks callbacks = new SendCallbacks(failure -> failure);

    @Test
    void shouldTellOfAnOutputAsSoonAsItsRecordIsInABatch() {
        send(record(OUTPUT, null), "a");
        send(record(OUTPUT, null), "b");

        assertThat(told).containsExactly("a@0", "b@0");
    }

    @Test
    void shouldTellOfAnOutputOnceOnly() {
        var sends = send(record(OUTPUT, null), "a");
        sends.onCompletion(metadata(OUTPUT, 3, 70), null);
        callbacks.flushed();

        assertThat(told).containsExactly("a@0");
    }

    @Test
    void shouldTellOfAChangelogOnlyTheLastOffsetWhenAllIsFlushed() {
        var sends = send(record(CHANGELOG, 3), "a");
        send(record(CHANGELOG, 3), "b");
        sends.onCompletion(metadata(CHANGELOG, 3, 70), null);
        sends.onCompletion(metadata(CHANGELOG, 3, 71), null);
        assertThat(told).isEmpty();

        callbacks.flushed();

        assertThat(told).containsExactly("b@71");
    }

    @Test
    void shouldKeepTheOffsetBeforeOneThatIsNotKnown() {
        var sends = send(record(CHANGELOG, 3), "a");
        sends.onCompletion(metadata(CHANGELOG, 3, 70), null);
        sends.onCompletion(metadata(CHANGELOG, 3, -1), null);

        callbacks.flushed();

        assertThat(told).containsExactly("a@70");
    }

    @Test
    void shouldTellOfEachPartitionOfAChangelog() {
        send(record(CHANGELOG, 3), "a").onCompletion(metadata(CHANGELOG, 3, 70), null);
        send(record(CHANGELOG, 4), "b").onCompletion(metadata(CHANGELOG, 4, 10), null);

        callbacks.flushed();

        assertThat(told).containsExactlyInAnyOrder("a@70", "b@10");
    }

    @Test
    void shouldHoldNothingOfWhatIsFlushed() {
        send(record(CHANGELOG, 3), "a").onCompletion(metadata(CHANGELOG, 3, 70), null);
        callbacks.flushed();

        callbacks.flushed();

        assertThat(told).containsExactly("a@70");
    }

    @Test
    void shouldForgetWhatIsAborted() {
        send(record(CHANGELOG, 3), "a").onCompletion(metadata(CHANGELOG, 3, 70), null);

        callbacks.aborted();
        callbacks.flushed();

        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellAFailureAtOnce() {
        send(record(OUTPUT, null), "a").onCompletion(null, failed);
        send(record(CHANGELOG, 3), "b").onCompletion(null, failed);

        assertThat(told).containsExactly("a@0", "a: " + failed, "b: " + failed);
    }

    @Test
    void shouldTellAFailureToTheLastOfTheTopic() {
        var sends = send(record(CHANGELOG, 3), "a");
        send(record(CHANGELOG, 3), "b");
        send(record(CHANGELOG, 4), "c");
        send(record(OUTPUT, null), "d");
        told.clear();

        sends.onCompletion(null, failed);

        assertThat(told).containsExactly("b: " + failed);
    }

    @Test
    void shouldNotTellThatARecordIsWrittenWhichTheProducerRefused() {
        ProducerRecord<byte[], byte[]> refused = record(OUTPUT, null);
        Callback callback = callback("a");
        var sends = callbacks.of(refused);

        sends.begin(callback);
        sends.onCompletion(metadata(OUTPUT, -1, -1), failed);
        sends.end(callback);

        assertThat(told).containsExactly("a: " + failed);
    }

    @Test
    void shouldCountAgainAfterAFailure() {
        send(record(OUTPUT, null), "a").onCompletion(null, failed);
        callbacks.aborted();
        told.clear();

        send(record(OUTPUT, null), "b");

        assertThat(told).containsExactly("b@0");
    }

    @Test
    void shouldTellWhatAFailureMeans() {
        InvalidProducerEpochException epoch = new InvalidProducerEpochException("The transaction has expired");
        List<Exception> failures = new ArrayList<>();
        var sends = new SendCallbacks(failure -> failure == failed ? epoch : failure).of(record(OUTPUT, null));

        sends.begin((metadata, failure) -> failures.add(failure));
        sends.onCompletion(null, failed);

        assertThat(failures).containsExactly(epoch);
    }

    /** Beside a model that calls each record's own callback: any order of sending, writing and flushing. */
    @Property
    void shouldLeaveTheSameOffsetsAndCounts(@ForAll List<@IntRange(max = 9) Integer> steps) {
        SendCallbacks any = new SendCallbacks(failure -> failure);
        Map<Integer, Long> offsets = new HashMap<>();
        Map<Integer, Long> expectedOffsets = new HashMap<>();
        int[] counts = new int[1];
        int expectedCount = 0;
        List<Deque<Callback>> unwritten = List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
        long[] ends = new long[3];

        for (int step : steps) {
            int partition = step % 3;
            if (step < 3) {
                var sends = any.of(record(CHANGELOG, partition));
                Callback callback = (metadata, failure) -> offsets.put(metadata.partition(), metadata.offset());
                sends.begin(callback);
                unwritten.get(partition).add(sends);
                sends.end(callback);
            } else if (step < 6) {
                var sends = any.of(record(OUTPUT, partition));
                Callback callback = (metadata, failure) -> counts[0]++;
                sends.begin(callback);
                sends.end(callback);
                sends.onCompletion(metadata(OUTPUT, partition, step), null);
                expectedCount++;
            } else if (step < 9) {
                write(unwritten.get(partition), partition, ends);
            } else {
                for (int each = 0; each < 3; each++) {
                    while (!unwritten.get(each).isEmpty()) {
                        write(unwritten.get(each), each, ends);
                    }
                    if (ends[each] > 0) {
                        expectedOffsets.put(each, ends[each] - 1);
                    }
                }
                any.flushed();
                assertThat(offsets).isEqualTo(expectedOffsets);
            }
        }
        assertThat(counts[0]).isEqualTo(expectedCount);
    }

    private static void write(Deque<Callback> unwritten, int partition, long[] ends) {
        Callback callback = unwritten.poll();
        if (callback != null) {
            callback.onCompletion(metadata(CHANGELOG, partition, ends[partition]++), null);
        }
    }

    private SendCallbacks.Sends send(ProducerRecord<byte[], byte[]> sent, String name) {
        SendCallbacks.Sends sends = callbacks.of(sent);
        Callback callback = callback(name);
        sends.begin(callback);
        sends.end(callback);
        return sends;
    }

    private Callback callback(String name) {
        return (metadata, failure) ->
                told.add(failure == null ? name + "@" + metadata.offset() : name + ": " + failure);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, Integer partition) {
        return new ProducerRecord<>(topic, partition, new byte[1], new byte[1]);
    }

    private static RecordMetadata metadata(String topic, int partition, long offset) {
        return new RecordMetadata(new TopicPartition(topic, partition), offset, 0, -1, -1, -1);
    }
}

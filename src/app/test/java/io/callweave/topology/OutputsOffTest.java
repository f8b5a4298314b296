package io.callweave.topology;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that nobody reads. */
class OutputsOffTest {

    private static final List<PhoneCall> CALLS = List.of(
            call().seeded(1).inbound("+15550100002").answeredBy("104").hangUp(),
            call().seeded(2)
                    .inbound("+15550100003")
                    .answeredBy("104")
                    .attendedTransferTo("106")
                    .hangUp());
    private static final Set<Topic> ALL = Set.of(Topic.PARTY_EVENTS, Topic.LIVE_CALLS, Topic.PARTY_METRICS);

    @TempDir
    private Path directory;

    @Test
    void shouldEmitTheSameCallsAndWindowsWithoutTheOthers() {
        Map<String, Map<Bytes, Bytes>> all = received(Set.of());

        Map<String, Map<Bytes, Bytes>> few = received(ALL);

        assertThat(all)
                .containsKeys("t.calls", "t.window-metrics", "t.party-events", "t.live-calls", "t.party-metrics");
        assertThat(few).containsOnlyKeys("t.calls", "t.window-metrics");
        assertThat(few.get("t.window-metrics")).isEqualTo(all.get("t.window-metrics"));
        assertThat(few.get("t.calls")).hasSize(CALLS.size()).isEqualTo(all.get("t.calls"));
    }

    @Test
    void shouldLeaveOutEachByItself() {
        for (Topic one : ALL) {
            assertThat(received(Set.of(one)))
                    .doesNotContainKey(one.name("t."))
                    .containsKeys(ALL.stream()
                            .filter(other -> other != one)
                            .map(other -> other.name("t."))
                            .toArray(String[]::new));
        }
    }

    /** The last value of each key, by topic. */
    private Map<String, Map<Bytes, Bytes>> received(Set<Topic> off) {
        TopologyConfig config = new TopologyConfig(
                TopologyOptions.under("t.", CallOptions.DEFAULT, WindowOptions.DEFAULT)
                        .without(off),
                1,
                TopologyConfig.Clock.system((partition, lastOffset) -> OptionalLong.empty()),
                TopologyConfig.Listener.NONE);
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "outputs-off-" + off.hashCode());
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        options.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        Map<String, Map<Bytes, Bytes>> outputs = new HashMap<>();
        try (TopologyTestDriver driver =
                new TopologyTestDriver(CallweaveTopology.build(config), options, TopologyKit.WALL)) {
            var notifications = driver.createInputTopic(
                    Topic.NOTIFICATIONS.name("t."), new ByteArraySerializer(), new ByteArraySerializer());
            CALLS.stream()
                    .flatMap(each -> each.notifications().stream())
                    .forEach(notification -> notifications.pipeInput(
                            new TestRecord<>(null, notification.bytes(), TopologyKit.RECEIVED)));
            driver.producedTopicNames().stream()
                    .filter(name -> name.startsWith("t."))
                    .forEach(name -> outputs.put(name, new HashMap<>()));
            outputs.forEach(
                    (name, records) -> driver.createOutputTopic(name, new BytesDeserializer(), new BytesDeserializer())
                            .readKeyValuesToList()
                            .forEach(each -> records.put(each.key, each.value)));
        }
        return outputs;
    }
}

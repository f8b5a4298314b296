package io.callweave.topology;

import static io.callweave.TestJson.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.schema.StrictSchemas;
import io.callweave.settings.value.PartitionBy;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code topics.envelope=connect}, the topics that are tables as Kafka Connect's own converter reads them. */
class ConnectTablesTest {

    private static final String PREFIX = "test.";
    private static final PhoneCall CALL =
            PhoneCall.call().inbound("+15550100002").answeredBy("104").hangUp();

    private final JsonConverter converter = new JsonConverter();

    @TempDir
    private Path directory;

    private TopologyTestDriver driver;

    @BeforeEach
    void receiveACall() {
        converter.configure(Map.of("schemas.enable", "true"), false);
        TopologyConfig config = new TopologyConfig(
                new TopologyOptions(
                        PREFIX,
                        ValueEnvelope.CONNECT,
                        Set.of(),
                        PartitionBy.SESSION,
                        CallOptions.DEFAULT,
                        WindowOptions.DEFAULT),
                1,
                TopologyConfig.Clock.system((partition, lastOffset) -> OptionalLong.empty()),
                TopologyConfig.Listener.NONE);
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "connect-tables");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        options.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(CallweaveTopology.build(config), options, TopologyKit.WALL);
        var notifications = driver.createInputTopic(
                Topic.NOTIFICATIONS.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
        CALL.notifications()
                .forEach(notification ->
                        notifications.pipeInput(new TestRecord<>(null, notification.bytes(), TopologyKit.RECEIVED)));
    }

    @AfterEach
    void close() {
        driver.close();
        converter.close();
    }

    @Test
    void shouldReadTheCall() {
        Struct call = read(Topic.CALLS).get(0);

        assertThat(call.getString("callId"))
                .isEqualTo(CALL.telephonySessionIds().get(0));
        assertThat(call.getString("status")).isEqualTo("complete");
        assertThat(tree(call.getString("parties"))).hasSize(2);
    }

    @Test
    void shouldReadARowForEachParty() {
        assertThat(read(Topic.PARTY_METRICS)).hasSize(2).allSatisfy(row -> {
            assertThat(row.getString("callStatus")).isEqualTo("complete");
            assertThat(row.getInt64("revision")).isEqualTo(1);
        });
    }

    @Test
    void shouldReadTheWindows() {
        List<Struct> windows = read(Topic.WINDOW_METRICS);

        assertThat(windows).isNotEmpty().allSatisfy(window -> {
            assertThat(window.getInt64("calls")).isEqualTo(1);
            assertThat(window.get("windowStart")).isInstanceOf(Date.class);
            assertThat(tree(window.getString("talk")).path("count").asInt()).isEqualTo(1);
        });
    }

    @Test
    void shouldLeaveTheOtherTopicsAsTheyAre() {
        List<byte[]> live = values(Topic.LIVE_CALLS);

        assertThat(live).hasSizeGreaterThan(1).last().isNull();
        StrictSchemas.assertValue("live-calls", new String(live.get(0), UTF_8));
        assertThat(values(Topic.PARTY_EVENTS))
                .isNotEmpty()
                .allSatisfy(event -> StrictSchemas.assertValue("party-events", new String(event, UTF_8)));
    }

    private List<Struct> read(Topic topic) {
        return values(topic).stream()
                .map(value -> (Struct)
                        converter.toConnectData(topic.name(PREFIX), value).value())
                .toList();
    }

    private List<byte[]> values(Topic topic) {
        return driver
                .createOutputTopic(topic.name(PREFIX), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(TestRecord::value)
                .collect(Collectors.toCollection(ArrayList::new));
    }
}

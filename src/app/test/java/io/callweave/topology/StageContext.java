package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.settings.value.PartitionBy;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.fairness.ThreadTime;
import io.callweave.topology.message.DeadLetter;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.time.CommitSchedule;
import io.callweave.topology.time.SourceProgress;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowOptions;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** What a processor of ours runs in, for tests that start one themselves; without a directory. */
class StageContext<V> extends MockProcessorContext<byte[], V> {

    static final long WALL = 1_795_000_000_000L;
    static final int PARTITION = 3;

    private static final Duration TICK = Duration.ofSeconds(1);

    private final int partition;

    StageContext(List<KeyValueStore<Bytes, byte[]>> stores) {
        this(stores, PARTITION);
    }

    StageContext(List<KeyValueStore<Bytes, byte[]>> stores, int partition) {
        super(options(), new TaskId(0, partition), new File(System.getProperty("java.io.tmpdir")));
        this.partition = partition;
        stores.forEach(this::addStateStore);
        setCurrentSystemTimeMs(WALL);
    }

    private static Properties options() {
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "stage");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return options;
    }

    /** One that never asks: nothing is left to commit here. */
    static CommitSchedule commits() {
        return new CommitSchedule((partition, lastOffset) -> OptionalLong.empty(), "", () -> 0);
    }

    /** Of a thread that has no other tasks. */
    static ThreadLocal<ThreadTime> times() {
        return ThreadLocal.withInitial(() -> new ThreadTime(0));
    }

    static TopologyConfig config(int sourcePartitions, SourceProgress readAhead) {
        return config(sourcePartitions, PartitionBy.SESSION, readAhead);
    }

    static TopologyConfig config(int sourcePartitions, PartitionBy partitionBy, SourceProgress readAhead) {
        return new TopologyConfig(
                TopologyOptions.under("test.", CallOptions.DEFAULT, WindowOptions.DEFAULT)
                        .partitionedBy(partitionBy),
                Set.of(),
                TopologyConfig.Partitions.of(sourcePartitions),
                new TopologyConfig.Clock(readAhead, TICK, false, false, StepLimits.DEFAULT.timeless()),
                TopologyConfig.Listener.NONE,
                TopologyMetrics.unexported());
    }

    /** The stores of a new stage. */
    static List<KeyValueStore<Bytes, byte[]>> newStores() {
        return List.of(
                TestStores.inMemory(StoreNames.CALLS),
                TestStores.inMemory(StoreNames.CALL_DUE),
                TestStores.inMemory(StoreNames.WINDOWS));
    }

    /** What is processed next is this record. */
    void at(String topic, long offset) {
        setRecordMetadata(topic, partition, offset);
    }

    /** The wall clock ticks once. */
    void tick() {
        tick(TICK);
    }

    /** The wall clock ticks once, after this time. */
    void tick(Duration time) {
        setCurrentSystemTimeMs(currentSystemTimeMs() + time.toMillis());
        List.copyOf(scheduledPunctuators()).stream()
                .filter(punctuator -> !punctuator.cancelled())
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(currentSystemTimeMs()));
    }

    /** How many timers there are. */
    long timers() {
        return scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .count();
    }

    /** What was forwarded since this was last asked: where to, headers, key and value. */
    List<String> taken() {
        List<String> taken = new ArrayList<>();
        forwarded().forEach(forward -> {
            StringBuilder text = new StringBuilder(forward.childName().orElse("everywhere"));
            forward.record()
                    .headers()
                    .forEach(header -> text.append(' ')
                            .append(header.key())
                            .append('=')
                            .append(new String(header.value(), UTF_8)));
            byte[] key = forward.record().key();
            taken.add(text.append(' ')
                    .append(key == null ? "no key" : new String(key, UTF_8))
                    .append(' ')
                    .append(text(forward.record().value()))
                    .toString());
        });
        resetForwards();
        return taken;
    }

    private static String text(Object output) {
        if (output instanceof RepartitionMessage message) {
            byte[] bytes = RepartitionMessage.serde().serializer().serialize("routed", message);
            String homes = message instanceof RepartitionMessage.Mark mark ? mark.homes() + " " : "";
            return homes + HexFormat.of().formatHex(bytes);
        }
        if (output instanceof StageOutput.CallEmission call) {
            return json(call.json());
        }
        if (output instanceof StageOutput.OrderedEvent event) {
            return json(event.json());
        }
        if (output instanceof StageOutput.LiveUpdate live) {
            return json(live.json());
        }
        if (output instanceof StageOutput.PartyRow row) {
            return json(row.json());
        }
        if (output instanceof StageOutput.WindowUpdate window) {
            return json(window.json());
        }
        return json(((DeadLetter) output).value());
    }

    private static String json(byte[] json) {
        return json == null ? "tombstone" : new String(json, UTF_8);
    }
}

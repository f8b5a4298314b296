package io.callweave.topology;

import io.callweave.settings.value.PartitionBy;
import io.callweave.topology.message.HomePartitioner;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionMemory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The topology in several partitions, in this thread: a router and a stage for each, and between them the repartition topic,
 * which holds what goes over it for as long as a test likes.
 */
final class SplitTopology {

    static final long RECEIVED = 1_772_452_800_000L;

    /** Of every second partition; the others have no session in memory after a step. */
    private static final long HEAP = 1L << 30;

    private static final byte[] NO_KEY = {};
    private static final Serde<RouterOutput> SERDE = RepartitionMessage.serde();

    private final List<Task> tasks = new ArrayList<>();
    private final Consumer<Sent> sent;
    private long now = RECEIVED;

    /** What a router sends, and to which home partitions; {@code direct} if within its task. */
    record Sent(int source, boolean direct, RepartitionMessage message) {}

    private static final class Task {
        private final StageContext<RouterOutput> routing;
        private final StageContext<StageOutput> assembling;
        private final Processor<byte[], byte[], byte[], RouterOutput> router;
        private final StageProcessor stage;
        private final Queue<byte[]> hop = new ArrayDeque<>();
        private long offset;

        Task(int partition, TopologyConfig config) {
            routing = new StageContext<>(List.of(), partition);
            assembling = new StageContext<>(StageContext.newStores(), partition);
            // Each is on a thread of its own, whose producer nothing of the others goes through.
            router = new NotificationRouter.Supplier(config, StageContext.commits(), StageContext.times()).get();
            stage = new StageProcessor(
                    config, StageContext.commits(), new SessionMemory(partition % 2 * HEAP), StageContext.times());
            router.init(routing);
            stage.init(assembling);
        }
    }

    /**
     * Makes all tasks.
     *
     * @param partitionBy what the topology expects; producers can do otherwise
     * @param sent hears what routers send
     */
    SplitTopology(int partitions, PartitionBy partitionBy, Consumer<Sent> sent) {
        this.sent = sent;
        TopologyConfig config =
                StageContext.config(partitions, partitionBy, (partition, lastOffset) -> OptionalLong.of(now));
        for (int partition = 0; partition < partitions; partition++) {
            tasks.add(new Task(partition, config));
        }
    }

    void receive(int partition, byte[] key, byte[] value) {
        Task task = tasks.get(partition);
        task.routing.at("test.notifications", task.offset++);
        task.router.process(new Record<>(key, value, now));
        forward(partition);
    }

    /** Some of what lies on the repartition topic is read, each partition in its order. */
    void deliverSome(Random random) {
        for (Task task : tasks) {
            deliver(task, random.nextInt(task.hop.size() + 1));
        }
    }

    void deliverAll() {
        tasks.forEach(task -> deliver(task, task.hop.size()));
    }

    /** Receipt and wall time pass without a tick of a clock. */
    void skip(Duration time) {
        now += time.toMillis();
        for (Task task : tasks) {
            task.routing.setCurrentSystemTimeMs(task.routing.currentSystemTimeMs() + time.toMillis());
            task.assembling.setCurrentSystemTimeMs(task.assembling.currentSystemTimeMs() + time.toMillis());
        }
    }

    /** Time passes, and then the clocks of all routers tick, and those of all stages. */
    void pass(Duration time) {
        skip(time);
        for (int partition = 0; partition < tasks.size(); partition++) {
            tasks.get(partition).routing.tick(Duration.ZERO);
            forward(partition);
        }
    }

    void tickStages() {
        tasks.forEach(task -> task.assembling.tick(Duration.ZERO));
    }

    /** What stages have sent since this was last asked: where to, headers, key and value. */
    List<String> taken() {
        return tasks.stream().flatMap(task -> task.assembling.taken().stream()).toList();
    }

    private void forward(int partition) {
        Task task = tasks.get(partition);
        List<CapturedForward<? extends byte[], ? extends RouterOutput>> forwards =
                List.copyOf(task.routing.forwarded());
        task.routing.resetForwards();
        forwards.forEach(each -> {
            String child = each.childName().orElse("");
            if (each.record().value() instanceof RepartitionMessage message) {
                boolean direct = child.equals(CallweaveTopology.OWN_MESSAGES);
                sent.accept(new Sent(partition, direct, message));
                if (direct) {
                    task.stage.process(
                            new Record<>(NO_KEY, message, each.record().timestamp()));
                } else {
                    write(message);
                }
            }
        });
    }

    private void write(RepartitionMessage message) {
        byte[] bytes = SERDE.serializer().serialize("routed", message);
        new HomePartitioner()
                .partitions("routed", NO_KEY, message, tasks.size())
                .orElseThrow()
                .forEach(home -> tasks.get(home).hop.add(bytes));
    }

    private static void deliver(Task task, int count) {
        for (int i = 0; i < count; i++) {
            RouterOutput message = SERDE.deserializer().deserialize("routed", task.hop.remove());
            task.stage.process(new Record<>(NO_KEY, message, StageContext.WALL));
        }
    }
}

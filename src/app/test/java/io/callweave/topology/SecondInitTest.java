package io.callweave.topology;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Topic;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/**
 * Kafka Streams uses a processor again after a task was closed without being committed, with stores that were restored: what
 * the processor remembers of the time before must not count.
 */
class SecondInitTest {

    private static final long RECEIVED = 1_772_452_800_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();
    private static final PhoneCall GOING_ON = call().seeded(7).outbound("105", "+15550100003");

    private final List<String> asked = new ArrayList<>();

    @Test
    void shouldRouteAsANewOneAfterASecondInit() {
        NotificationRouter used = router();
        route(used, GOING_ON, 900, RECEIVED + HOUR);
        asked.clear();

        List<String> again = route(used, CALL, 0, RECEIVED);
        List<String> askedAgain = List.copyOf(asked);
        asked.clear();
        List<String> fresh = route(router(), CALL, 0, RECEIVED);

        assertThat(again).isNotEmpty().isEqualTo(fresh);
        assertThat(askedAgain).isNotEmpty().isEqualTo(asked);
    }

    @Test
    void shouldPutTogetherAsANewOneAfterASecondInitOnOtherStores() {
        StageProcessor used = stage();
        assemble(used, StageContext.newStores(), all(GOING_ON, CALL), 900, RECEIVED + HOUR);

        List<String> again = assemble(used, StageContext.newStores(), CALL.notifications(), 0, RECEIVED);
        List<String> fresh = assemble(stage(), StageContext.newStores(), CALL.notifications(), 0, RECEIVED);

        assertThat(again).isEqualTo(fresh).anyMatch(sent -> sent.startsWith(CallweaveTopology.sink(Topic.CALLS)));
    }

    /** What was not written in a step that failed never happened. */
    @Test
    void shouldGoOnAsANewOneAfterASecondInitOnTheSameStores() {
        List<KeyValueStore<Bytes, byte[]>> stores = StageContext.newStores();
        List<KeyValueStore<Bytes, byte[]>> otherStores = StageContext.newStores();
        StageProcessor used = stage();
        List<Notification> all = CALL.notifications();
        int half = all.size() / 2;
        assemble(used, stores, all.subList(0, half), 0, RECEIVED);
        assemble(stage(), otherStores, all.subList(0, half), 0, RECEIVED);

        List<String> again = assemble(used, stores, all.subList(half, all.size()), half, RECEIVED + 1_000);
        List<String> fresh = assemble(stage(), otherStores, all.subList(half, all.size()), half, RECEIVED + 1_000);

        assertThat(again).isEqualTo(fresh).anyMatch(sent -> sent.startsWith(CallweaveTopology.sink(Topic.CALLS)));
    }

    /** Kafka Streams keeps the timers of a task that it uses again. */
    @Test
    void shouldLeaveNoTimerBehindWhenItIsClosed() {
        StageContext<RouterOutput> ofRouter = new StageContext<>(List.of());
        NotificationRouter router = router();
        router.init(ofRouter);
        StageContext<StageOutput> ofStage = new StageContext<>(StageContext.newStores());
        StageProcessor stage = stage();
        stage.init(ofStage);
        assertThat(ofRouter.timers()).isEqualTo(2);
        assertThat(ofStage.timers()).isEqualTo(2);

        router.close();
        stage.close();

        assertThat(ofRouter.timers()).isZero();
        assertThat(ofStage.timers()).isZero();
    }

    private static List<Notification> all(PhoneCall one, PhoneCall other) {
        return Stream.concat(one.notifications().stream(), other.notifications().stream())
                .toList();
    }

    private NotificationRouter router() {
        TopologyConfig config = StageContext.config(64, (partition, lastOffset) -> {
            asked.add(partition + "@" + lastOffset);
            return OptionalLong.empty();
        });
        return (NotificationRouter)
                new NotificationRouter.Supplier(config, StageContext.commits(), StageContext.times()).get();
    }

    private static StageProcessor stage() {
        return new StageProcessor(
                StageContext.config(1, (partition, lastOffset) -> OptionalLong.empty()),
                StageContext.commits(),
                new SessionMemory(Long.MAX_VALUE),
                StageContext.times());
    }

    private static List<String> route(NotificationRouter router, PhoneCall call, long offset, long receivedAt) {
        StageContext<RouterOutput> context = new StageContext<>(List.of());
        router.init(context);
        context.tick();
        long next = offset;
        for (Notification notification : call.notifications()) {
            context.at("test.notifications", next);
            router.process(new Record<>(null, notification.bytes(), receivedAt + next));
            context.tick();
            next++;
        }
        return context.taken();
    }

    private static List<String> assemble(
            StageProcessor stage,
            List<KeyValueStore<Bytes, byte[]>> stores,
            List<Notification> notifications,
            long offset,
            long receivedAt) {
        StageContext<StageOutput> context = new StageContext<>(stores);
        stage.init(context);
        long next = offset;
        for (Notification notification : notifications) {
            context.at("stage-routed-repartition", next);
            stage.process(message(RepartitionMessage.Mark.of(0, 1, receivedAt + next)));
            stage.process(message(new RepartitionMessage.Routed(
                    0,
                    next,
                    receivedAt + next,
                    notification.account(),
                    false,
                    null,
                    null,
                    null,
                    notification.bytes())));
            context.tick();
            next++;
        }
        return context.taken();
    }

    private static Record<byte[], RouterOutput> message(RepartitionMessage message) {
        return new Record<>(new byte[0], message, StageContext.WALL);
    }
}

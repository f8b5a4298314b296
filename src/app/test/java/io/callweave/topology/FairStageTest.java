package io.callweave.topology;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.time.StepLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** An account that makes a lot of work waits, and nothing of it is lost or becomes another. */
class FairStageTest {

    private static final long RECEIVED = 1_772_452_800_000L;
    private static final String HEAVY = "6";
    private static final String LIGHT = "7";
    private static final int CALLS = 9;

    /** Of each record of the heavy account. */
    private static final Duration SLOW = Duration.ofMillis(20);

    private final List<KeyValueStore<Bytes, byte[]>> stores = StageContext.newStores();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> sent = new ArrayList<>();
    private StageContext<StageOutput> context = new StageContext<>(stores);
    private long now = RECEIVED;

    /** Between the receipts and the clock of the stage. */
    private long delay;

    @Test
    void shouldServeOthersWhileAnAccountWaits() {
        receive(start(SLOW), notifications());

        assertThat(calls(LIGHT)).hasSize(CALLS);
        assertThat(calls(HEAVY)).hasSizeLessThan(CALLS);
    }

    @Test
    void shouldSendTheSameOfAnAccountThatHasWaited() {
        List<RepartitionMessage.Routed> all = notifications();
        run(SLOW, all);
        FairStageTest unhindered = new FairStageTest();

        unhindered.run(Duration.ZERO, all);

        assertThat(calls(HEAVY)).hasSize(CALLS);
        assertThat(calls(HEAVY).equals(unhindered.calls(HEAVY))).isTrue();
        assertThat(partyEvents().equals(unhindered.partyEvents())).isTrue();
    }

    @Test
    void shouldMakeTheSameCallsOfWhatABridgeHadToKeepForADay() {
        delay = Duration.ofDays(1).toMillis();
        List<RepartitionMessage.Routed> all = notifications();
        run(SLOW, all);
        FairStageTest unhindered = new FairStageTest();

        unhindered.run(Duration.ZERO, all);

        assertThat(calls(HEAVY).equals(unhindered.calls(HEAVY))).isTrue();
    }

    /** With a restart on the way. */
    private void run(Duration slow, List<RepartitionMessage.Routed> all) {
        StageProcessor stage = start(slow);
        receive(stage, all);
        assertThat(calls(HEAVY).size() < CALLS).isEqualTo(!slow.isZero());
        stage.close();
        StageProcessor restarted = start(slow);
        for (int i = 0; i < 200; i++) {
            pass(restarted, Duration.ofMillis(500));
        }
    }

    /** Of both accounts in turn. */
    private List<RepartitionMessage.Routed> notifications() {
        List<RepartitionMessage.Routed> all = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            List<RepartitionMessage.Routed> heavy = notifications(HEAVY, i);
            List<RepartitionMessage.Routed> light = notifications(LIGHT, i);
            for (int k = 0; k < heavy.size(); k++) {
                all.add(light.get(k));
                all.add(heavy.get(k));
            }
        }
        return all;
    }

    private List<RepartitionMessage.Routed> notifications(String account, int number) {
        List<Notification> call = new ArrayList<>(call().inbound("+1555010010" + number)
                .answeredBy("104")
                .hangUp()
                .notifications());
        // What a gap holds back is given up by a clock that goes on while the account waits.
        Collections.swap(call, 2, 3);
        return call.stream()
                .map(each -> new String(each.bytes(), UTF_8).replace(each.account(), account))
                .map(json -> new RepartitionMessage.Routed(
                        0, 0, now - delay, account, false, null, null, null, json.getBytes(UTF_8)))
                .toList();
    }

    /** @param slow how much time passes with each record of the heavy account; with others, a twentieth of that */
    private StageProcessor start(Duration slow) {
        context = new StageContext<>(stores) {
            // An array cannot bound a type parameter, as the method that this one overrides has it.
            @Override
            @SuppressWarnings({"rawtypes", "unchecked"})
            public void forward(Record record, String child) {
                boolean isHeavy = HEAVY.equals(Headers.text(record.headers(), Headers.ACCOUNT));
                nanos.addAndGet(isHeavy ? slow.toNanos() : slow.toNanos() / 20);
                super.forward(record, child);
            }
        };
        TopologyConfig config = StageContext.config(1, (partition, lastOffset) -> OptionalLong.empty());
        TopologyConfig.Clock clock = new TopologyConfig.Clock(
                config.clock().readAhead(),
                config.clock().tick(),
                false,
                false,
                new StepLimits(1_000, Duration.ofMillis(25), nanos::get));
        StageProcessor stage = new StageProcessor(
                new TopologyConfig(
                        config.options(),
                        config.inputs(),
                        config.partitions(),
                        clock,
                        config.listener(),
                        config.metrics()),
                StageContext.commits(),
                new SessionMemory(Long.MAX_VALUE),
                StageContext.times());
        context.setCurrentSystemTimeMs(now);
        stage.init(context);
        context.at("stage-routed-repartition", 0);
        process(stage, RepartitionMessage.Mark.of(0, 1, now));
        return stage;
    }

    private void receive(StageProcessor stage, List<RepartitionMessage.Routed> all) {
        all.forEach(each -> process(stage, each));
        sent.addAll(context.taken());
    }

    private void pass(StageProcessor stage, Duration time) {
        now += time.toMillis();
        nanos.addAndGet(time.toNanos());
        process(stage, RepartitionMessage.Mark.of(0, 1, now));
        context.tick(time);
        sent.addAll(context.taken());
    }

    private static void process(StageProcessor stage, RepartitionMessage message) {
        stage.process(new Record<byte[], RouterOutput>(new byte[0], message, StageContext.WALL));
    }

    private List<String> calls(String account) {
        String begin = CallweaveTopology.sink(Topic.CALLS) + " account=" + account + " ";
        return sent.stream().filter(record -> record.startsWith(begin)).sorted().toList();
    }

    private List<String> partyEvents() {
        String begin = CallweaveTopology.sink(Topic.PARTY_EVENTS) + " account=" + HEAVY + " ";
        return sent.stream().filter(record -> record.startsWith(begin)).toList();
    }
}

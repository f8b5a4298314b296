package io.callweave.topology;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Topic;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.fairness.LightAccounts;
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
    private static final String OTHER = "7";

    private static final PhoneCall OTHERS =
            call().inbound("+15550100009").answeredBy("104").hangUp();

    private final List<KeyValueStore<Bytes, byte[]>> stores = StageContext.newStores();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> sent = new ArrayList<>();
    private StageContext<StageOutput> context = new StageContext<>(stores);
    private long cost;
    private long delay;
    private long now = RECEIVED;

    @Test
    void shouldServeOthersWhileAnAccountWaits() {
        StageProcessor stage = start(5);
        receive(stage, OTHER, OTHERS);
        pass(stage, Duration.ofSeconds(30));
        sent.clear();

        for (int i = 0; i < 5; i++) {
            receive(stage, null, call().inbound("+1555010000" + i).answeredBy("104").hangUp());
        }
        receive(stage, OTHER, call().inbound("+15550100009").answeredBy("105").hangUp());
        keep();

        // The first ones had not taken their share yet.
        assertThat(accounts()).endsWith(OTHER).filteredOn(account -> !account.equals(OTHER)).hasSizeLessThan(5);
    }

    @Test
    void shouldSendTheSameOfAnAccountThatHasWaited() {
        List<PhoneCall> all = calls(9);

        List<String> waited = sentOf(all, 20);

        assertThat(waited.equals(new FairStageTest().sentOf(all, 0))).isTrue();
    }

    @Test
    void shouldMakeTheSameCallsOfWhatABridgeHadToKeepForADay() {
        List<PhoneCall> all = calls(9);
        delay = Duration.ofDays(1).toMillis();

        var unused = sentOf(all, 20);

        FairStageTest unhindered = new FairStageTest();
        unhindered.delay = delay;
        unused = unhindered.sentOf(all, 0);
        assertThat(calls().equals(unhindered.calls())).isTrue();
    }

    private static List<PhoneCall> calls(int number) {
        List<PhoneCall> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(call().inbound("+1555010000" + i).answeredBy("104").hangUp());
        }
        return all;
    }

    /** All records of calls and party events; with a restart on the way. */
    private List<String> sentOf(List<PhoneCall> all, long millis) {
        StageProcessor stage = start(millis);
        receive(stage, OTHER, OTHERS);
        all.forEach(each -> receive(stage, null, each));
        keep();
        assertThat(accounts().size() < all.size()).isEqualTo(millis > 0);
        stage.close();
        StageProcessor restarted = start(millis);
        for (int i = 0; i < 200; i++) {
            pass(restarted, Duration.ofMillis(500));
        }
        assertThat(accounts()).hasSize(1 + all.size());
        return sent.stream()
                .filter(record -> record.startsWith(CallweaveTopology.sink(Topic.CALLS))
                        || record.startsWith(CallweaveTopology.sink(Topic.PARTY_EVENTS)))
                .sorted()
                .toList();
    }

    /** @param millis that pass with each record that goes out, and with each notification */
    private StageProcessor start(long millis) {
        cost = millis;
        context = new StageContext<>(stores) {
            @Override
            public long currentSystemTimeMs() {
                nanos.addAndGet(Duration.ofMillis(cost).toNanos());
                return super.currentSystemTimeMs();
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
                new LightAccounts());
        stage.init(context);
        context.at("stage-routed-repartition", 0);
        process(stage, RepartitionMessage.Mark.of(0, 1, now));
        return stage;
    }

    /** @param account that it is of; null if its own */
    private void receive(StageProcessor stage, String account, PhoneCall call) {
        List<Notification> notifications = new ArrayList<>(call.notifications());
        // What a gap holds back is given up by a clock that goes on while the account waits.
        Collections.swap(notifications, 2, 3);
        for (Notification notification : notifications) {
            String own = notification.account();
            String text = new String(notification.bytes(), UTF_8);
            String of = account == null ? own : account;
            process(
                    stage,
                    new RepartitionMessage.Routed(
                            0, 0, now - delay, of, false, of, null, null, text.replace(own, of).getBytes(UTF_8)));
        }
    }

    private void pass(StageProcessor stage, Duration time) {
        now += time.toMillis();
        nanos.addAndGet(time.toNanos());
        process(stage, RepartitionMessage.Mark.of(0, 1, now));
        context.tick(time);
        keep();
    }

    private void process(StageProcessor stage, RepartitionMessage message) {
        stage.process(new Record<byte[], RouterOutput>(new byte[0], message, StageContext.WALL));
    }

    private void keep() {
        sent.addAll(context.taken());
    }

    private List<String> calls() {
        return sent.stream()
                .filter(record -> record.startsWith(CallweaveTopology.sink(Topic.CALLS)))
                .sorted()
                .toList();
    }

    private List<String> accounts() {
        return sent.stream()
                .filter(record -> record.startsWith(CallweaveTopology.sink(Topic.CALLS)))
                .map(record -> record.replaceAll("(?s).* account=(\\S+) .*", "$1"))
                .toList();
    }
}

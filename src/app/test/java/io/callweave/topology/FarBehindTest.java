package io.callweave.topology;

import static io.callweave.topology.MeteredStage.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.Tries;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.CallRecord;
import io.callweave.settings.value.PartitionBy;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.CountingStore;
import io.callweave.topology.time.SourceProgress;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A thread that is far behind asks of what others are, too, and on {@code live-calls} it does not show calls that have long
 * ended.
 */
class FarBehindTest {

    private final Set<String> asked = new HashSet<>();

    private static final long INTERVAL = CallOptions.DEFAULT.liveInterval().toMillis();

    private final AccountStage stage = stage();
    private final List<StageOutput.LiveUpdate> sent = new ArrayList<>();
    private long now = MeteredStage.START;
    private long offset;

    @Test
    void shouldTellNothingOfACallThatEndsMeanwhile() {
        stage.live().farBehind(true);
        begin("s-a");
        pass(2 * INTERVAL);
        end("s-a");
        pass(10 * INTERVAL);

        assertThat(sent).isEmpty();
        assertThat(stage.live().calls()).isZero();
        assertThat(stage.live().liveSessions()).isZero();
    }

    @Test
    void shouldTellOfACallThatGoesOnOnceAndTakeItBack() {
        stage.live().farBehind(true);
        begin("s-a");
        pass(4 * INTERVAL - 1);
        assertThat(sent).isEmpty();

        pass(1);
        assertThat(sent).hasSize(1);
        pass(10 * INTERVAL);
        assertThat(sent).hasSize(1);

        end("s-a");
        assertThat(sent)
                .hasSize(2)
                .last()
                .satisfies(last -> assertThat(last.json()).isNull());
    }

    @Test
    void shouldTellOfACallAtItsUsualTimeWhenItIsFarBehindNoMore() {
        stage.live().farBehind(true);
        begin("s-a");
        pass(INTERVAL);
        assertThat(sent).isEmpty();

        stage.live().farBehind(false);
        pass(0);

        assertThat(sent).hasSize(1);
    }

    @Test
    void shouldLeaveNoCallThatIsOverAndMissNoneThatGoesOn() {
        for (int seed = 0; seed < Tries.of(20); seed++) {
            Random random = new Random(seed);
            Set<String> going = new HashSet<>();
            Set<String> shown = new HashSet<>();
            sent.clear();
            for (int i = 0; i < 400; i++) {
                String call = "s-" + seed + "-" + i;
                stage.live().farBehind(random.nextInt(3) == 0);
                begin(call);
                going.add(call);
                pass(random.nextInt(300));
                List<String> all = List.copyOf(going);
                String other = all.get(random.nextInt(all.size()));
                if (random.nextInt(10) != 0) {
                    end(other);
                    going.remove(other);
                }
            }
            stage.live().farBehind(false);
            pass(2 * INTERVAL);
            for (StageOutput.LiveUpdate each : sent) {
                if (each.json() != null) {
                    shown.add(each.callId());
                } else {
                    assertThat(shown.remove(each.callId()))
                            .as("%s was told of", each.callId())
                            .isTrue();
                }
            }

            assertThat(shown).as("seed %d", seed).isEqualTo(going);
            List.copyOf(going).forEach(this::end);
        }
    }

    /** By account, no topic is. */
    @ParameterizedTest
    @CsvSource({"SESSION, test.notifications", "ACCOUNT, ''"})
    @Timeout(60)
    void shouldAskWhetherOthersAreFarBehindWithWhatIsRoutedToAll(
            PartitionBy partitionBy, String topic, @TempDir Path directory) throws InterruptedException {
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "far-behind");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        options.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        TopologyConfig config = StageContext.config(1, partitionBy, new Asked());
        try (TopologyTestDriver driver = new TopologyTestDriver(CallweaveTopology.build(config), options)) {
            driver.createInputTopic("test.notifications", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(PhoneCall.call()
                            .inbound("+15550100002")
                            .hangUp()
                            .notifications()
                            .get(0)
                            .bytes());
            while (asked.isEmpty()) {
                Thread.sleep(10); // how old the work is, System.nanoTime() tells
                driver.advanceWallClockTime(Duration.ofMillis(100));
            }
        }

        assertThat(asked).containsExactly(topic);
    }

    private void begin(String session) {
        take(event(session, 2, "p-1", "Answered", null, null), event(session, 2, "p-2", "Answered", null, null));
    }

    private void end(String session) {
        take(
                event(session, 3, "p-1", "Disconnected", null, null),
                event(session, 3, "p-2", "Disconnected", null, null));
    }

    private void take(PartyEvent... events) {
        keep(stage.accept(List.of(events), 0, offset++, now, now, now).out());
        stage.flush();
    }

    private void pass(long millis) {
        now += millis;
        assertThat(stage.liveCalls(now, StepLimits.DEFAULT.timeless().begin(), key -> {
                    keep(stage.liveCall(key, now));
                    stage.flush();
                }))
                .isFalse();
    }

    private void keep(List<StageOutput> out) {
        for (StageOutput output : out) {
            if (output instanceof StageOutput.LiveUpdate live) {
                sent.add(live);
            }
        }
    }

    private static AccountStage stage() {
        WindowAggregator windows = new WindowAggregator(
                new CountingStore(StoreNames.WINDOWS),
                Directory.NONE,
                WindowOptions.DEFAULT,
                TopologyMetrics.unexported(),
                Long.MIN_VALUE,
                0);
        return new AccountStage(
                new CountingStore(StoreNames.CALLS),
                new CountingStore(StoreNames.CALL_DUE),
                windows,
                Directory.NONE,
                CallOptions.DEFAULT,
                0,
                CallRecord::of);
    }

    private final class Asked implements SourceProgress {

        @Override
        public long nanosBehind(String forAll) {
            asked.add(forAll);
            return 0;
        }

        @Override
        public OptionalLong drainedAt(TopicPartition partition, long lastOffset) {
            return OptionalLong.empty();
        }
    }
}

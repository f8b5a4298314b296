package io.callweave.topology;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Topic;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.time.CommitSchedule;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Marks come once a second from every partition, also if nothing happens: a commit for each would cost more than all else. */
class StageCommitTest {

    private static final long RECEIVED = 1_772_452_800_000L;
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration GAP_GRACE = Duration.ofMillis(500);

    private final StageContext<StageOutput> context = new StageContext<>(StageContext.newStores());
    private final StageProcessor stage = new StageProcessor(
            StageContext.config(1, (partition, lastOffset) -> OptionalLong.empty()),
            new CommitSchedule(
                    (partition, lastOffset) -> OptionalLong.empty(),
                    "",
                    () -> TimeUnit.MILLISECONDS.toNanos(context.currentSystemTimeMs())),
            new SessionMemory(Long.MAX_VALUE),
            StageContext.times());

    @BeforeEach
    void start() {
        stage.init(context);
        context.at("stage-routed-repartition", 0);
    }

    @Test
    void shouldNotAskForAMarkThatLetsNothingOut() {
        mark(RECEIVED);
        context.tick();

        assertThat(context.committed()).isFalse();
    }

    @Test
    void shouldAskForANotification() {
        mark(RECEIVED);
        notifications(call().outbound("105", "+15550100003").notifications());
        context.tick();

        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldAskForAMarkThatEndsAWait() {
        mark(RECEIVED);
        // One that is missing, so the end of the call is waited for.
        var all = call().inbound("+15550100002").answeredBy("104").hangUp().notifications();
        notifications(all.subList(0, 1));
        notifications(all.subList(2, all.size()));
        commit();

        mark(RECEIVED + LINGER.plusSeconds(1).toMillis());

        assertSentAndAskedFor(CallweaveTopology.sink(Topic.CALLS));
    }

    @Test
    void shouldAskForAMarkThatGivesUpAGap() {
        mark(RECEIVED);
        var all = call().inbound("+15550100002").answeredBy("104").hangUp().notifications();
        notifications(all.subList(0, 1));
        notifications(all.subList(2, 3));
        commit();

        mark(RECEIVED + GAP_GRACE.plusMillis(1).toMillis());

        assertSentAndAskedFor(CallweaveTopology.sink(Topic.PARTY_EVENTS));
    }

    /** Commits what was sent so far, so that only what comes after it can ask. */
    private void commit() {
        context.tick();
        context.resetCommit();
        context.resetForwards();
    }

    private void assertSentAndAskedFor(String sink) {
        assertThat(context.taken()).anyMatch(sent -> sent.startsWith(sink));
        context.tick();
        assertThat(context.committed()).isTrue();
    }

    private void mark(long time) {
        process(RepartitionMessage.Mark.of(0, 1, time));
    }

    private void notifications(Iterable<Notification> notifications) {
        for (Notification notification : notifications) {
            process(new RepartitionMessage.Routed(
                    0, 0, RECEIVED, notification.account(), false, null, null, null, notification.bytes()));
        }
    }

    private void process(RepartitionMessage message) {
        stage.process(new Record<byte[], RouterOutput>(new byte[0], message, StageContext.WALL));
    }
}

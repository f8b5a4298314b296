package io.callweave.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.runtime.options.TestConfigs;
import io.callweave.topics.HopPartitions;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartUpChecksTest {

    private static final OptionalInt SAFE = OptionalInt.of(2);

    private final TopicPlan plan = TopicPlan.withPrefix("cw.");
    private final StartUpChecks checks = new StartUpChecks(TestConfigs.of(plan, Map.of()));
    private final Map<String, TopicState> states = new HashMap<>();

    StartUpChecksTest() {
        for (Topic topic : Topic.values()) {
            states.put(plan.name(topic), new TopicState(plan.name(topic), 6, 1, plan.policy(topic)));
        }
    }

    @Test
    void shouldTakeThePartitionsOfTheRealTopic() {
        StartUpChecks.Findings findings = checks.check(states, SAFE);

        assertThat(findings.sourcePartitions()).isEqualTo(6);
        assertThat(findings.inputs()).containsExactlyInAnyOrder(Topic.DIRECTORY, Topic.FEED_GAPS);
        assertThat(findings.hop()).isFalse();
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void shouldSayWhichTopicsAreMissingAndWhatMakesThem() {
        states.remove("cw.calls");
        states.remove("cw.dead-letters");

        refused("Missing on kafka:9092: cw.calls, cw.dead-letters; to make them: callweave topics create"
                + " --bootstrap-servers=kafka:9092 --topics-prefix=cw.");
    }

    @Test
    void shouldStartWithoutOutputsThatAreOff() {
        TopicPlan few = new TopicPlan("cw.", Map.of(), true, 1 << 20, Set.of(Topic.LIVE_CALLS, Topic.PARTY_EVENTS));
        states.remove("cw.live-calls");
        states.remove("cw.party-events");

        StartUpChecks.Findings findings = new StartUpChecks(TestConfigs.of(few, Map.of())).check(states, SAFE);

        assertThat(findings.warnings()).isEmpty();
    }

    /** A cluster from before there was one goes on as it did. */
    @Test
    void shouldRunWithoutADirectoryAndSayWhatIsMissing() {
        states.remove("cw.directory");

        StartUpChecks.Findings findings = checks.check(states, SAFE);

        assertThat(findings.inputs()).containsExactly(Topic.FEED_GAPS);
        assertThat(findings.warnings())
                .containsExactly("cw.directory is not there, so extensions have no names and departments no windows,"
                        + " until it is made and this is started again: callweave topics create"
                        + " --bootstrap-servers=kafka:9092 --topics-prefix=cw.");
    }

    @Test
    void shouldRunWithoutGapsAndSayWhatIsMissing() {
        states.remove("cw.feed-gaps");

        StartUpChecks.Findings findings = checks.check(states, SAFE);

        assertThat(findings.inputs()).containsExactly(Topic.DIRECTORY);
        assertThat(findings.warnings())
                .containsExactly(
                        "cw.feed-gaps is not there, so a bridge that connects accounts takes Kafka for away, and"
                                + " calls do not say that they overlap a gap, until it is made and this is started again:"
                                + " callweave topics create"
                                + " --bootstrap-servers=kafka:9092 --topics-prefix=cw.");
    }

    @Test
    void shouldKeepTheHomesWhenPartitionsOfNotificationsWereAdded() {
        states.put("app-routed-repartition", new TopicState("app-routed-repartition", 4, 1, Map.of()));

        StartUpChecks.Findings findings = checks.check(states, SAFE);

        assertThat(findings.homes()).isEqualTo(4);
        assertThat(findings.sourcePartitions()).isEqualTo(6);
    }

    @Test
    void shouldRefuseAHopWithMorePartitions() {
        states.put("app-routed-repartition", new TopicState("app-routed-repartition", 12, 1, Map.of()));

        refused("cw.notifications has 6 partitions and app-routed-repartition has 12, but accounts would move away from"
                + " their state; " + HopPartitions.ELSEWHERE + ".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    retention.ms           | 3600000       | -1         | notifications that are not read in that time are lost; \
                    Kafka Streams deletes those that are read
                    retention.bytes        | 1000000       | -1         | notifications are lost when more wait to be read; \
                    Kafka Streams deletes those that are read
                    cleanup.policy         | compact       | delete     | all but the last notification of a session are lost if \
                    they are not read in time
                    message.timestamp.type | LogAppendTime | CreateTime | notifications lose the time of their receipt
                    max.message.bytes      | 1048588       | 8388608    | a notification of notifications.max-bytes stops its partition
                    """)
    void shouldRefuseAHopThatLosesOrStopsNotifications(String setting, String is, String should, String otherwise) {
        states.put("app-routed-repartition", new TopicState("app-routed-repartition", 6, 1, Map.of(setting, is)));

        refused("app-routed-repartition has " + setting + " " + is + "; set it to " + should + " on the topic, or "
                + otherwise + ".");
    }

    @Test
    void shouldRefuseAChangelogThatIsTooSmallForRaisedLimits() {
        states.put(
                "app-calls-changelog",
                new TopicState("app-calls-changelog", 6, 1, Map.of("max.message.bytes", "8388608")));
        assertThat(checks.check(states, SAFE).warnings()).isEmpty();
        TopicPlan raised = new TopicPlan("cw.", Map.of(), true, 5 << 20, Set.of());

        assertThatThrownBy(() -> new StartUpChecks(TestConfigs.of(raised, Map.of())).check(states, SAFE))
                .hasMessage("app-calls-changelog has max.message.bytes 8388608; set it to "
                        + raised.internalRecordBytes()
                        + " on the topic, or a party event that waits for another one stops its partition.");
    }

    @Test
    void shouldTakeAHopAsItIsMade() {
        Map<String, String> made = HopTopic.configs(TestConfigs.of(plan, Map.of()));
        assertThat(made).containsEntry("retention.ms", "-1").containsEntry("retention.bytes", "-1");
        states.put("app-routed-repartition", new TopicState("app-routed-repartition", 6, 1, made));

        assertThat(checks.check(states, SAFE).hop()).isTrue();
    }

    @Test
    void shouldTakeTheInternalTopicsOfItsOwnVersion() {
        for (String topic : List.of(
                "app-routed-repartition",
                "app-calls-changelog",
                "app-due-changelog",
                "app-windows-changelog",
                "other-sessions-changelog")) {
            states.put(topic, new TopicState(topic, 6, 1, Map.of()));
        }

        assertThat(checks.check(states, SAFE).warnings()).isEmpty();
    }

    @Test
    void shouldRefuseNotificationsWithoutTheBrokersTime() {
        change("message.timestamp.type", "CreateTime");

        refused("cw.notifications has message.timestamp.type CreateTime, but LogAppendTime says when a"
                + " notification was received; set that on the topic, or notifications.timestamp-type=create-time if it holds"
                + " recorded times.");
    }

    @Test
    void shouldTakeRecordedTimesWhereTheSettingSaysSo() {
        change("message.timestamp.type", "CreateTime");
        TopicPlan recorded = new TopicPlan("cw.", Duration.ofDays(7), false, 1 << 20);

        StartUpChecks.Findings findings = new StartUpChecks(TestConfigs.of(recorded, Map.of())).check(states, SAFE);

        assertThat(findings.sourcePartitions()).isEqualTo(6);
    }

    @Test
    void shouldRefuseNotificationsThatAreGoneTooSoon() {
        change("retention.ms", "3600000");

        refused(
                "cw.notifications has retention.ms 3600000, but notifications must be kept for 100800000 ms at least, the"
                        + " sum of completion.late-window and completion.max-idle.");
    }

    @Test
    void shouldTakeNotificationsThatAreKeptForEver() {
        change("retention.ms", "-1");

        assertThat(checks.check(states, SAFE).warnings()).isEmpty();
    }

    @Test
    void shouldWarnOfTheOldTransactionProtocol() {
        assertThat(checks.check(states, OptionalInt.of(1)).warnings())
                .singleElement()
                .asString()
                .startsWith("The brokers have transaction.version 1: a broker's failure can lose or double records;");
        assertThat(checks.check(states, OptionalInt.empty()).warnings()).hasSize(1);
    }

    private void change(String setting, String value) {
        String name = "cw.notifications";
        Map<String, String> configs = new HashMap<>(states.get(name).configs());
        configs.put(setting, value);
        states.put(name, new TopicState(name, 6, 1, configs));
    }

    private void refused(String sentence) {
        assertThatThrownBy(() -> checks.check(states, SAFE))
                .isInstanceOf(OperationsException.class)
                .hasMessage(sentence);
    }
}

package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.settings.value.PartitionBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCheckTest {

    private static final String HOP = "callweave-routed-repartition";

    private final TopicPlan plan = TopicPlan.withPrefix("");
    private final Map<String, TopicState> states = asPlanned(plan, 12);

    @Test
    void shouldFindNoDifferencesIfTheTopicsMatchThePlan() {
        assertThat(check(Optional.of(12))).isEmpty();
    }

    @Test
    void shouldNameATopicThatIsMissing() {
        states.remove("calls");

        assertThat(check(Optional.empty()))
                .containsExactly(matters("calls is missing; \"callweave topics create\" makes it."));
    }

    @Test
    void shouldTreatTheDirectoryAsOptional() {
        states.remove("directory");

        assertThat(check(Optional.empty()))
                .containsExactly(harmless(
                        "directory is missing; \"callweave topics create\" makes it, and without it extensions have no"
                                + " names and departments no windows."));
    }

    @Test
    void shouldTreatTheTopicOfGapsAsOptional() {
        states.remove("feed-gaps");

        assertThat(check(Optional.empty()))
                .containsExactly(harmless(
                        "feed-gaps is missing; \"callweave topics create\" makes it, and without it a bridge that"
                                + " connects accounts takes Kafka for away, and calls do not say that they overlap a"
                                + " gap."));
    }

    @Test
    void shouldSayWhetherThePartitionsOfNotificationsCanChangeInPlace() {
        states.put("notifications", withPartitions("notifications", 6));
        states.put("calls", withPartitions("calls", 6));

        String more = "notifications: the number of partitions is 6 and should be 12";
        TopicCheck.Difference calls = matters("calls: the number of partitions is 6 and should be 12.");
        assertThat(check(Optional.of(12))).containsExactly(matters(more + "."), calls);
        assertThat(check(Optional.of(12), PartitionBy.ACCOUNT))
                .containsExactly(
                        matters(more + "; it cannot change in place: " + HopPartitions.ELSEWHERE + "."), calls);
    }

    @Test
    void shouldAcceptPartitionsThatWereAddedToNotificationsBySession() {
        states.put("notifications", withPartitions("notifications", 24));

        assertThat(check(Optional.of(12))).isEmpty();
        assertThat(check(Optional.of(12), PartitionBy.ACCOUNT)).isNotEmpty();
    }

    @Test
    void shouldAcceptAnyNumberOfPartitionsIfNoneIsExpected() {
        states.put("calls", withPartitions("calls", 3));

        assertThat(check(Optional.empty())).isEmpty();
    }

    @Test
    void shouldTakeAHopWithFewerPartitionsBySessionOnly() {
        states.put(HOP, new TopicState(HOP, 6, 3, Map.of("message.timestamp.type", "CreateTime")));

        assertThat(check(Optional.empty())).isEmpty();
        assertThat(check(Optional.empty(), PartitionBy.ACCOUNT)).singleElement().satisfies(difference -> {
            assertThat(difference.matters()).isTrue();
            assertThat(difference.sentence()).startsWith("notifications has 12 partitions and " + HOP + " has 6");
        });
    }

    @Test
    void shouldFindAHopWithMorePartitionsThanNotifications() {
        states.put(HOP, new TopicState(HOP, 24, 3, Map.of("message.timestamp.type", "CreateTime")));

        assertThat(check(Optional.empty()))
                .containsExactly(matters("notifications has 12 partitions and " + HOP
                        + " has 24, but accounts would move away from their state; " + HopPartitions.ELSEWHERE + "."));
    }

    @Test
    void shouldFindAHopThatDoesNotKeepTheTimesOfItsRecords() {
        states.put(HOP, new TopicState(HOP, 12, 3, Map.of("message.timestamp.type", "LogAppendTime")));

        assertThat(check(Optional.empty()))
                .containsExactly(matters(HOP + ": message.timestamp.type is LogAppendTime and should be CreateTime, or"
                        + " notifications lose the time of their receipt."));
    }

    @Test
    void shouldFindWhatLosesOrStopsNotificationsBetweenRouterAndStage() {
        states.put(
                HOP,
                new TopicState(
                        HOP,
                        12,
                        3,
                        Map.of(
                                "message.timestamp.type",
                                "CreateTime",
                                "retention.ms",
                                "3600000",
                                "max.message.bytes",
                                "1048588")));

        assertThat(check(Optional.empty()))
                .containsExactly(
                        matters(HOP + ": retention.ms is 3600000 and should be -1, or notifications that are not read"
                                + " in that time are lost; Kafka Streams deletes those that are read."),
                        matters(HOP + ": max.message.bytes is 1048588 and should be 8388608, or a notification of"
                                + " notifications.max-bytes stops its partition."));
    }

    @Test
    void shouldFindAnotherCleanupPolicy() {
        states.put("calls", with("calls", "cleanup.policy", "delete"));

        assertThat(check(Optional.empty()))
                .containsExactly(matters("calls: cleanup.policy is delete and should be compact,delete."));
    }

    @Test
    void shouldAcceptACleanupPolicyInAnyOrder() {
        states.put("calls", with("calls", "cleanup.policy", "delete, compact"));

        assertThat(check(Optional.empty())).isEmpty();
    }

    @Test
    void shouldReportAShorterRetentionButNotALongerOne() {
        states.put("party-events", with("party-events", "retention.ms", "3600000"));
        states.put("live-calls", with("live-calls", "retention.ms", "864000000"));
        states.put("dead-letters", with("dead-letters", "retention.ms", "-1"));

        assertThat(check(Optional.empty()))
                .containsExactly(
                        matters("party-events: retention.ms is 3600000 (60 min) and should be 604800000 (7 d)."),
                        harmless("live-calls: retention.ms is 864000000 (10 d) and should be 172800000 (2 d);"
                                + " that does no harm."),
                        harmless("dead-letters: retention.ms is -1 (without end) and should be 2592000000 (30 d);"
                                + " that does no harm."));
    }

    @Test
    void shouldFindAnotherTimestampType() {
        states.put("notifications", with("notifications", "message.timestamp.type", "CreateTime"));

        assertThat(check(Optional.empty()))
                .containsExactly(
                        matters("notifications: message.timestamp.type is CreateTime and should be LogAppendTime."));
    }

    @Test
    void shouldFindAShorterCompactionLag() {
        states.put("calls", with("calls", "min.compaction.lag.ms", "0"));

        assertThat(check(Optional.empty()))
                .containsExactly(matters("calls: min.compaction.lag.ms is 0 (0 ms) and should be 86400000 (1 d)."));
    }

    @Test
    void shouldFindASmallerLimitOfRecords() {
        states.put("calls", with("calls", "max.message.bytes", "1048588"));

        assertThat(check(Optional.empty()))
                .containsExactly(matters("calls: max.message.bytes is 1048588 and should be 8388608."));
    }

    @Test
    void shouldFollowTheSettingsInWhatItPlans() {
        TopicPlan other = new TopicPlan("my.", Duration.ofDays(3), false, 32 << 20);

        assertThat(other.policy(Topic.NOTIFICATIONS))
                .containsEntry("retention.ms", "259200000")
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("max.message.bytes", "33619968");
        assertThat(other.policy(Topic.PARTY_EVENTS))
                .containsEntry("retention.ms", "604800000")
                .containsEntry("max.message.bytes", "33619968");
        assertThat(other.largestRecordBytes()).isEqualTo(64 << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 10, 1 << 20, 4 << 20, 8 << 20, 64 << 20})
    void shouldAllowLargerRecordsBetweenRouterAndStageThanNotifications(long maxNotificationBytes) {
        TopicPlan large = new TopicPlan("my.", Duration.ofDays(3), true, maxNotificationBytes);

        long notifications = Long.parseLong(large.policy(Topic.NOTIFICATIONS).get("max.message.bytes"));
        assertThat((long) large.internalRecordBytes())
                .as("a routed notification: as it is, and where it is from")
                .isGreaterThanOrEqualTo(notifications + 100)
                .as("a held event: its facts, of at most 4 Mi characters, and its texts")
                .isGreaterThanOrEqualTo(maxNotificationBytes + Math.min(maxNotificationBytes, 12 << 20) + 1_000)
                .as("what a broker takes in one request")
                .isLessThan(100 << 20);
        assertThat(large.largestRecordBytes()).isGreaterThanOrEqualTo(large.internalRecordBytes());
    }

    @Test
    void shouldKeepEachTopicAsLongAsThePlanSays() {
        TopicPlan other = new TopicPlan(
                "", Map.of(Topic.CALLS, Duration.ofDays(365), Topic.DEAD_LETTERS, Duration.ofDays(3)), true, 1 << 20);

        assertThat(other.policy(Topic.CALLS)).containsEntry("retention.ms", "31536000000");
        assertThat(other.policy(Topic.NOTIFICATIONS)).containsEntry("retention.ms", "604800000");
        assertThat(new TopicCheck(other, Optional.empty(), HOP, PartitionBy.SESSION).differences(states))
                .containsExactly(
                        matters("calls: retention.ms is 7776000000 (90 d) and should be 31536000000 (365 d)."),
                        harmless("dead-letters: retention.ms is 2592000000 (30 d) and should be 259200000 (3 d);"
                                + " that does no harm."));
    }

    @Test
    void shouldNotMissOutputsThatAreOff() {
        TopicPlan few = new TopicPlan("", Map.of(), true, 1 << 20, Set.of(Topic.LIVE_CALLS));
        states.remove("live-calls");

        assertThat(new TopicCheck(few, Optional.empty(), HOP, PartitionBy.SESSION).differences(states))
                .isEmpty();
        assertThat(few.topics()).contains(Topic.CALLS).doesNotContain(Topic.LIVE_CALLS);
    }

    @Test
    void shouldRefuseARetentionForATopicThatKeepsEverything() {
        assertThatThrownBy(() -> new TopicPlan("", Map.of(Topic.DIRECTORY, Duration.ofDays(1)), true, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DIRECTORY has no retention");
    }

    private List<TopicCheck.Difference> check(Optional<Integer> partitions) {
        return check(partitions, PartitionBy.SESSION);
    }

    private List<TopicCheck.Difference> check(Optional<Integer> partitions, PartitionBy partitionBy) {
        return new TopicCheck(plan, partitions, HOP, partitionBy).differences(states);
    }

    private static TopicCheck.Difference matters(String sentence) {
        return new TopicCheck.Difference(true, sentence);
    }

    private static TopicCheck.Difference harmless(String sentence) {
        return new TopicCheck.Difference(false, sentence);
    }

    private TopicState withPartitions(String name, int partitions) {
        TopicState state = states.get(name);
        return new TopicState(name, partitions, state.replicas(), state.configs());
    }

    private TopicState with(String name, String setting, String value) {
        TopicState state = states.get(name);
        Map<String, String> configs = new HashMap<>(state.configs());
        configs.put(setting, value);
        return new TopicState(name, state.partitions(), state.replicas(), configs);
    }

    private static Map<String, TopicState> asPlanned(TopicPlan plan, int partitions) {
        Map<String, TopicState> states = new HashMap<>();
        for (Topic topic : Topic.values()) {
            states.put(plan.name(topic), new TopicState(plan.name(topic), partitions, 3, plan.policy(topic)));
        }
        return states;
    }
}

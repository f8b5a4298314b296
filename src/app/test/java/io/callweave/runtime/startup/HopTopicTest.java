package io.callweave.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.runtime.options.TestConfigs;
import io.callweave.topics.TopicPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HopTopicTest {

    private final TopicPlan plan = TopicPlan.withPrefix("");

    @Test
    void shouldHaveTheOptionsThatKafkaStreamsGivesItAndKeepAllThatIsNotRead() {
        assertThat(HopTopic.configs(TestConfigs.of(plan, Map.of())))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "-1",
                        "retention.bytes", "-1",
                        "segment.bytes", "52428800",
                        "message.timestamp.type", "CreateTime",
                        "max.message.bytes", Integer.toString(plan.internalRecordBytes())));
    }

    @Test
    void shouldHeedTheOptionsOfTopicsThatUsersSet() {
        assertThat(HopTopic.configs(TestConfigs.of(plan, Map.of("topic.max.message.bytes", "9000000"))))
                .containsEntry("max.message.bytes", "9000000");
    }
}

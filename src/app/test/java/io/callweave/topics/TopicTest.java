package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TopicTest {

    @Test
    void shouldNameEveryTopicWithThePrefix() {
        assertThat(Arrays.stream(Topic.values()).map(topic -> topic.name("acme.")))
                .containsExactly(
                        "acme.notifications",
                        "acme.party-events",
                        "acme.live-calls",
                        "acme.calls",
                        "acme.party-metrics",
                        "acme.window-metrics",
                        "acme.directory",
                        "acme.feed-gaps",
                        "acme.deliver-subscriptions",
                        "acme.deliver-requests",
                        "acme.deliver-dead-letters",
                        "acme.dead-letters");
        assertThat(Topic.CALLS.name(Topic.DEFAULT_PREFIX)).isEqualTo("callweave.calls");
    }

    @Test
    void shouldStampNotificationsAtTheBroker() {
        assertThat(Topic.NOTIFICATIONS.defaultPolicy())
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", ms(Duration.ofDays(7)));
    }

    @Test
    void shouldKeepEveryRevisionOfACallForADay() {
        assertThat(Topic.CALLS.defaultPolicy())
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", ms(Duration.ofDays(90)))
                .containsEntry("min.compaction.lag.ms", ms(Duration.ofDays(1)));
    }

    @Test
    void shouldKeepEveryExtensionUntilItIsDeleted() {
        assertThat(Topic.DIRECTORY.defaultPolicy())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
    }

    @Test
    void shouldAllowLargerDeadLettersThanNotifications() {
        assertThat(maxBytes(Topic.DEAD_LETTERS)).isGreaterThan(maxBytes(Topic.NOTIFICATIONS));
    }

    private static long maxBytes(Topic topic) {
        return Long.parseLong(topic.defaultPolicy().getOrDefault("max.message.bytes", "0"));
    }

    private static String ms(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}

package io.callweave.bridge.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several bridges share the accounts, and pass on how far each feed is whole. */
@Tag("full")
class GroupHolderIT {

    private static final List<String> ACCOUNTS =
            IntStream.range(0, 20).mapToObj(index -> "4000010" + (10 + index)).toList();

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        try (Admin admin = Brokers.admin(kafka)) {
            Topics.create(admin, TopicPlan.withPrefix("t."), 4, (short) 1);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldGiveEachAccountToOneBridgeAndItsPositionToTheNext() {
        FeedPosition position = new FeedPosition(1_764_000_000_000L, "token", false);
        List<String> left = new CopyOnWriteArrayList<>();
        try (GroupHolder first = join()) {
            first.onLeave(left::add);
            await().until(() -> ACCOUNTS.stream().allMatch(first::holds));
            assertThat(first.position(ACCOUNTS.get(0))).isNull();
            ACCOUNTS.forEach(account -> first.keep(account, position));
            try (GroupHolder second = join()) {
                await().until(() -> ACCOUNTS.stream().anyMatch(second::holds)
                        && ACCOUNTS.stream().allMatch(account -> first.holds(account) != second.holds(account)));
                assertThat(ACCOUNTS).filteredOn(second::holds).containsExactlyInAnyOrderElementsOf(left);
                assertThat(ACCOUNTS)
                        .filteredOn(second::holds)
                        .allSatisfy(
                                account -> assertThat(second.position(account)).isEqualTo(position));
            }
            await().until(() -> ACCOUNTS.stream().allMatch(first::holds));
        }
        try (GroupHolder third = join()) {
            await().until(() -> ACCOUNTS.stream().allMatch(third::holds));
            assertThat(third.position(ACCOUNTS.get(0))).isEqualTo(position);
        }
    }

    private static GroupHolder join() {
        return GroupHolder.join(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), "bridges", Topic.FEED_GAPS.name("t."));
    }
}

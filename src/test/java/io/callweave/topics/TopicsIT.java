package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class TopicsIT {

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        admin = Brokers.admin(kafka);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void shouldCreateEveryTopicWithItsPolicy() throws Exception {
        Set<String> created = Topics.create(admin, "standard.", 3, (short) 1, Topics.Variant.STANDARD);

        assertThat(created).hasSize(12);
        for (Topic topic : Topic.values()) {
            Config config = config(topic.name("standard."));
            topic.defaultPolicy()
                    .forEach((name, value) ->
                            assertThat(config.get(name).value()).isEqualTo(value));
        }
    }

    @Test
    void shouldNotChangeExistingTopics() throws Exception {
        Brokers.createTopic(kafka, "again.calls", 5, Map.of());

        Set<String> first = Topics.create(admin, "again.", 2, (short) 1, Topics.Variant.STANDARD);
        Set<String> second = Topics.create(admin, "again.", 2, (short) 1, Topics.Variant.STANDARD);

        assertThat(first).hasSize(11).doesNotContain("again.calls");
        assertThat(second).isEmpty();
        assertThat(admin.describeTopics(List.of("again.calls"))
                        .allTopicNames()
                        .get()
                        .get("again.calls")
                        .partitions())
                .hasSize(5);
    }

    @Test
    void shouldKeepEverythingOfARunOverFiles() throws Exception {
        Topics.create(admin, "files.", 1, Topics.CLUSTER_DEFAULT_REPLICATION, Topics.Variant.FILES);

        for (Topic topic : Topic.values()) {
            Config config = config(topic.name("files."));
            assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
            assertThat(config.get("retention.ms").value()).isEqualTo("-1");
            assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
            assertThat(config.get("message.timestamp.type").value()).isEqualTo("CreateTime");
        }
    }

    @Test
    void shouldSayWhichTopicCannotBeCreated() {
        assertThatThrownBy(() -> Topics.create(admin, "refused.", 1, (short) 3, Topics.Variant.STANDARD))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("The topic refused.")
                .hasMessageContaining("cannot be created");
    }

    private static Config config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }
}

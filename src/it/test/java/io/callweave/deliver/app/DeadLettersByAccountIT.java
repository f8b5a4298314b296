package io.callweave.deliver.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.deliver.manage.Undelivered;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Headers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One account has much, and the others have what is between. */
class DeadLettersByAccountIT {

    private static final String TOPIC = "letters";
    private static final int MANY = 1_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatAccountsHaveAndNotWhatOthersHave() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
                Admin admin = Brokers.admin(kafka);
                Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            Brokers.createTopic(kafka, TOPIC, 2, Map.of());
            send(producer, 0, "2/a");
            flood(producer, 0);
            send(producer, 0, "2/b");
            send(producer, 0, "3/a");
            flood(producer, 0);
            flood(producer, 1);
            send(producer, 1, "2/c");
            producer.flush();
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (DeadLettersByAccount letters = new DeadLettersByAccount(client, TOPIC)) {
                assertThat(read(letters, "2")).contains("2/a", "2/b", "2/c").hasSizeLessThan(MANY);
                assertThat(read(letters, "2")).containsSubsequence("2/a", "2/b");
                assertThat(read(letters, "2", "3")).contains("2/c", "3/a").doesNotHaveDuplicates();
                assertThat(read(letters, "1")).hasSizeGreaterThanOrEqualTo(3 * MANY);
                assertThat(read(letters, "*")).hasSize(3 * MANY + 4).doesNotHaveDuplicates();
                assertThat(read(letters, "4")).isEmpty();

                send(producer, 1, "4/a");
                producer.flush();
                assertThat(read(letters, "4")).contains("4/a");

                admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(MANY + 2)))
                        .all()
                        .get();
                assertThat(read(letters, "2")).contains("2/c").doesNotContain("2/a", "2/b");

                admin.deleteTopics(Set.of(TOPIC)).all().get();
                await().ignoreExceptions().until(() -> {
                    Brokers.createTopic(kafka, TOPIC, 2, Map.of());
                    return true;
                });
                send(producer, 1, "5/a");
                producer.flush();
                await().ignoreExceptions()
                        .untilAsserted(() -> assertThat(read(letters, "5")).containsExactly("5/a"));
                assertThat(read(letters, "1", "2")).doesNotContain("2/c").hasSizeLessThan(2);
            }
        }
    }

    /** All of them are read in vain, and each retry of another account would take as long. */
    @Test
    void shouldReadNoLargeOnesOfOthersBetweenThoseOfAnAccount() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
                Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            Brokers.createTopic(kafka, TOPIC, 1, Map.of());
            for (int i = 0; i < 3; i++) {
                send(producer, 0, "2/" + i);
                for (int others = 0; others < 10; others++) {
                    send(producer, 0, "1/" + i + "-" + others, new byte[100_000]);
                }
            }
            producer.flush();
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (DeadLettersByAccount letters = new DeadLettersByAccount(client, TOPIC)) {
                assertThat(read(letters, "2")).containsExactly("2/0", "2/1", "2/2");
            }
        }
    }

    private static List<String> read(DeadLettersByAccount letters, String... accounts) {
        List<Undelivered> found = new ArrayList<>();
        letters.read(Set.of(accounts), found::add);
        return found.stream().map(Undelivered::slot).toList();
    }

    private static void flood(Producer<String, byte[]> producer, int partition) {
        for (int i = 0; i < MANY; i++) {
            send(producer, partition, "1/" + partition + "-" + NUMBER.incrementAndGet());
        }
    }

    private static void send(Producer<String, byte[]> producer, int partition, String slot) {
        send(producer, partition, slot, "{}".getBytes(UTF_8));
    }

    private static void send(Producer<String, byte[]> producer, int partition, String slot, byte[] value) {
        String account = slot.substring(0, slot.indexOf('/'));
        var unused = producer.send(
                new ProducerRecord<>(TOPIC, partition, slot, value, List.of(Headers.text(Headers.ACCOUNT, account))));
    }
}

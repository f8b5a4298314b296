package io.callweave.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Not a test: puts any number of calls on a topic of a broker in this process, to measure {@code export}. Arguments: a file of call
 * records, the directory of the broker, and the number of calls. Each tenth call has a second revision. The broker runs until
 * stdin ends.
 */
final class ManyCalls {

    private ManyCalls() {}

    public static void main(String[] arguments) throws IOException {
        List<String> records = Files.readAllLines(Path.of(arguments[0]));
        long calls = Long.parseLong(arguments[2]);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(Path.of(arguments[1])).withOverrides(Map.of("log.cleaner.enable", "false")))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                Topics.create(admin, Topic.DEFAULT_PREFIX, Topic.DEFAULT_PARTITIONS, (short) 1, Topics.Variant.FILES);
            }
            try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            kafka.bootstrapServers(),
                            "linger.ms",
                            50,
                            "batch.size",
                            1 << 18,
                            "compression.type",
                            "lz4"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (long i = 0; i < calls; i++) {
                    String record = records.get((int) (i % records.size()));
                    int end = record.indexOf('"', "{\"callId\":\"".length());
                    String id = record.substring("{\"callId\":\"".length(), end) + "-" + i;
                    String value = "{\"callId\":\"" + id + record.substring(end);
                    send(producer, id, value);
                    if (i % 10 == 0) {
                        send(producer, id, value.replaceFirst("\"revision\":1,", "\"revision\":2,"));
                    }
                }
            }
            System.out.println(kafka.bootstrapServers());
            while (System.in.read() >= 0) {
                // Runs until then.
            }
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String id, String value) {
        var unused = producer.send(new ProducerRecord<>(
                Topic.CALLS.name(Topic.DEFAULT_PREFIX), id.getBytes(UTF_8), value.getBytes(UTF_8)));
    }
}

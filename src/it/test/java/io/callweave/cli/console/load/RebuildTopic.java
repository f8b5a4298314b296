package io.callweave.cli.console.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.AssembledCalls;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a console finds on {@code calls} that starts in a busy installation: 100,000 calls of a contact centre, each tenth of
 * them with a second revision.
 */
final class RebuildTopic {

    static final int CALLS = 100_000;
    static final int REVISED = CALLS / 10;
    static final String PREFIX = "rebuild.";

    private static final int DAYS = 6;
    private static final Pattern CALL_ID = Pattern.compile("\"callId\":\"[^\"]+");
    private static final Pattern ACCOUNT_ID = Pattern.compile("\"accountId\":\"([^\"]+)");

    private RebuildTopic() {}

    /** Puts them there, and returns how many bytes their values have. */
    static long fill(String bootstrapServers, int calls) {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        List<String> some = some(today);
        long bytes = 0;
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        "50",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        Integer.toString(1 << 19),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int number = 0; number < calls; number++) {
                String call = some.get(number % some.size());
                String day = today.minus(number % DAYS, ChronoUnit.DAYS).toString();
                String id = "s-" + number;
                String value = CALL_ID.matcher(call.replace(today.toString().substring(0, 11), day.substring(0, 11)))
                        .replaceFirst("\"callId\":\"" + id);
                bytes += send(producer, value, id);
                if (number % 10 == 0) {
                    bytes += send(producer, value.replaceFirst("\"revision\":1,", "\"revision\":2,"), id);
                }
            }
        }
        return bytes;
    }

    private static int send(Producer<String, byte[]> producer, String value, String id) {
        Matcher account = ACCOUNT_ID.matcher(value);
        if (!account.find()) {
            throw new IllegalStateException(value);
        }
        byte[] bytes = value.getBytes(UTF_8);
        var unused = producer.send(new ProducerRecord<>(Topic.CALLS.name(PREFIX), account.group(1) + "/" + id, bytes));
        return bytes.length;
    }

    /** The records of some hours of a contact centre. */
    private static List<String> some(Instant today) {
        Traffic traffic = new Traffic(
                new CentreSize(7, 1, 60, today.plus(Duration.ofHours(8)), Duration.ofHours(2), true),
                DeliveryFaults.NONE);
        List<Notification> notifications = new ArrayList<>();
        while (traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            if (item.notification() != null) {
                notifications.add(Objects.requireNonNull(item.notification()));
            }
        }
        return List.copyOf(AssembledCalls.of(notifications).values());
    }
}

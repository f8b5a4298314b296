import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic party-events from now on. */
final class PartyEvents {

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    interface Handler {
        /** @param received when the notification of this event was received */
        void handle(JsonNode event, Instant received) throws Exception;
    }

    /** Does not return. */
    static void follow(String brokers, String topic, String group, Handler handler) throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                brokers,
                "group.id",
                group,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "latest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    // After a pause of this program, the first calls that it reads are over.
                    if (record.timestamp() > System.currentTimeMillis() - LONGEST_DELAY.toMillis()) {
                        byte[] received =
                                record.headers().lastHeader("lastReceivedAt").value();
                        handler.handle(json.readTree(record.value()), Instant.parse(new String(received, UTF_8)));
                    }
                }
            }
        }
    }

    /** An own extension in a call from outside. */
    static boolean isInboundToExtension(JsonNode event) {
        JsonNode party = event.get("party");
        return party.path("direction").asText().equals("Inbound")
                && party.has("extensionId")
                && party.at("/from/phoneNumber").asText().startsWith("+")
                && !party.at("/from").has("extensionId");
    }

    static long millisecondsSince(Instant time) {
        return Duration.between(time, Instant.now()).toMillis();
    }
}

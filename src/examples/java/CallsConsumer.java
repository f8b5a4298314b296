import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Keeps the newest record of each call on the topic. Arguments: brokers, topic, group. */
public final class CallsConsumer {

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("Usage: CallsConsumer BROKERS TOPIC GROUP");
            System.exit(2);
        }
        ObjectMapper json = new ObjectMapper();
        Calls calls = new Calls();
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                args[0],
                "group.id",
                args[2],
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(args[1]));
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.value() != null) { // someone can delete a call with a tombstone
                        calls.upsert(json.readTree(record.value()));
                    }
                }
                // After the table has stored them. A crash before this reads them again, which changes nothing.
                consumer.commitSync();
            }
        }
    }
}

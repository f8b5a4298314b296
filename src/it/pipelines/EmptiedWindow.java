import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends the tombstone of a window, as streams does when a correction empties it. Arguments: brokers, topic, key. */
final class EmptiedWindow {

    private EmptiedWindow() {}

    public static void main(String[] arguments) throws Exception {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", arguments[0]), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(arguments[1], arguments[2], null)).get();
        }
    }
}

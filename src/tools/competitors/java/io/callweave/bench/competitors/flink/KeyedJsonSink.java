package io.callweave.bench.competitors.flink;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records to a topic. */
final class KeyedJsonSink implements KafkaRecordSerializationSchema<Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1;

    private final String topic;

    KeyedJsonSink(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Tuple2<String, byte[]> one, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, one.f0.getBytes(StandardCharsets.US_ASCII), one.f1);
    }
}

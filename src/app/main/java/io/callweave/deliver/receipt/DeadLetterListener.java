package io.callweave.deliver.receipt;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Hears which dead letters the broker has taken. If one fails, Kafka Streams ends the task, and the queue is restored. */
public final class DeadLetterListener implements ProducerInterceptor<byte[], byte[]> {

    /** Under this name it finds the {@link DeadLetterReceipts} among the options of the producer. */
    public static final String OPTION = "callweave.deliver.dead-letters";

    private DeadLetterReceipts deadLetters = new DeadLetterReceipts();

    @Override
    public void configure(Map<String, ?> options) {
        if (options.get(OPTION) instanceof DeadLetterReceipts given) {
            deadLetters = given;
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception failure, @Nullable Headers headers) {
        if (failure == null && headers != null) {
            deadLetters.kept(headers);
        }
    }

    @Override
    public void close() {
        // What it tells belongs to the application.
    }
}

package io.callweave.deliver.receipt;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Hears what is written to the changelogs. Kafka Streams names the partition of each write. */
public final class ChangelogListener implements ProducerInterceptor<byte[], byte[]> {

    /** Under this name it finds the {@link ChangelogReceipts} among the options of the producer. */
    public static final String OPTION = "callweave.deliver.changelog";

    private ChangelogReceipts changelog = new ChangelogReceipts("");

    @Override
    public void configure(Map<String, ?> options) {
        if (options.get(OPTION) instanceof ChangelogReceipts given) {
            changelog = given;
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.partition() != null) {
            changelog.sent(record.topic(), record.partition());
        }
        return record;
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception failure, @Nullable Headers headers) {
        if (metadata != null && failure == null) {
            changelog.acknowledged(metadata.topic(), metadata.partition());
        } else if (metadata != null) {
            changelog.failed(metadata.topic(), metadata.partition());
        }
    }

    @Override
    public void close() {
        // What it fills belongs to the application.
    }
}

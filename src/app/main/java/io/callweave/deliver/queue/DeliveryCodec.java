package io.callweave.deliver.queue;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.OtherFormatException;

/** Deliveries as the store keeps them. The first byte is the version of the form. */
final class DeliveryCodec {

    static final int FORM = 6;

    private DeliveryCodec() {}

    static byte[] writeValue(byte[] value) {
        return new BinaryWriter(1 + value.length).u8(FORM).raw(value).bytes();
    }

    static byte[] readValue(byte[] bytes) {
        return reader(bytes).rest();
    }

    static byte[] write(QueuedWebhook delivery) {
        Occurrence occurrence = delivery.occurrence();
        return new BinaryWriter(512 + occurrence.value().length)
                .u8(FORM)
                .string(delivery.subscription())
                .i64(delivery.accepted())
                .varint(delivery.attempts())
                .i64(delivery.due())
                .string(delivery.failure())
                .string(delivery.origin().topic())
                .i64(delivery.origin().offset())
                .string(occurrence.type().wireName())
                .string(occurrence.account())
                .string(occurrence.slot())
                .i64(occurrence.version().epoch())
                .i64(occurrence.version().revision())
                .varint(occurrence.version().step())
                .string(occurrence.id())
                .i64(occurrence.time())
                .u8(occurrence.artifactsOnly() ? 1 : 0)
                .raw(occurrence.value())
                .bytes();
    }

    /** @throws OtherFormatException if another version wrote it */
    static QueuedWebhook read(byte[] bytes) {
        BinaryReader in = reader(bytes);
        String subscription = in.string();
        long accepted = in.i64();
        int attempts = (int) in.varint();
        long due = in.i64();
        String failure = in.string();
        QueuedWebhook.Origin origin = new QueuedWebhook.Origin(in.string(), in.i64());
        return new QueuedWebhook(subscription, occurrence(in), accepted, attempts, due, failure, origin);
    }

    /** Of a value that begins with its form. */
    static BinaryReader reader(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        int form = in.u8();
        if (form != FORM) {
            throw new OtherFormatException("The queue of webhooks has the form " + form
                    + ", and this version of Callweave reads only " + FORM
                    + ". Start the version that wrote it, and change to this one when nothing waits"
                    + " (\"callweave deliver status\").");
        }
        return in;
    }

    private static Occurrence occurrence(BinaryReader in) {
        EventType type = EventType.of(in.string()).orElseThrow();
        String account = in.string();
        String slot = in.string();
        Version version = new Version(in.i64(), in.i64(), (int) in.varint());
        String id = in.string();
        long time = in.i64();
        boolean artifactsOnly = in.u8() == 1;
        return new Occurrence(type, account, slot, version, id, time, in.rest(), artifactsOnly);
    }
}

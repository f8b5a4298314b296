package io.callweave.deliver.queue;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.topology.state.OtherFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Deliveries as the store keeps them. The first byte is the version of the form. */
final class DeliveryCodec {

    static final int FORM = 3;

    private DeliveryCodec() {}

    static byte[] write(QueuedWebhook delivery) {
        Occurrence occurrence = delivery.occurrence();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(occurrence.value().length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeUTF(delivery.subscription());
            out.writeLong(delivery.accepted());
            out.writeInt(delivery.attempts());
            out.writeLong(delivery.due());
            out.writeUTF(delivery.failure());
            out.writeUTF(delivery.origin().topic());
            out.writeLong(delivery.origin().offset());
            out.writeUTF(occurrence.type().wireName());
            out.writeUTF(occurrence.account());
            out.writeUTF(occurrence.slot());
            out.writeLong(occurrence.version().epoch());
            out.writeLong(occurrence.version().revision());
            out.writeInt(occurrence.version().step());
            out.writeUTF(occurrence.id());
            out.writeLong(occurrence.time());
            out.writeInt(occurrence.value().length);
            out.write(occurrence.value());
            out.writeBoolean(occurrence.artifactsOnly());
        } catch (IOException cannotBe) {
            throw new UncheckedIOException(cannotBe);
        }
        return bytes.toByteArray();
    }

    /** @throws OtherFormatException if another version wrote it */
    static QueuedWebhook read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            checkForm(in.readByte());
            String subscription = in.readUTF();
            long accepted = in.readLong();
            int attempts = in.readInt();
            long due = in.readLong();
            String failure = in.readUTF();
            QueuedWebhook.Origin origin = new QueuedWebhook.Origin(in.readUTF(), in.readLong());
            return new QueuedWebhook(subscription, occurrence(in), accepted, attempts, due, failure, origin);
        } catch (IOException e) {
            throw new UncheckedIOException("A delivery of the queue cannot be read.", e);
        }
    }

    static void checkForm(int form) {
        if (form != FORM) {
            throw new OtherFormatException("The queue of webhooks has the form " + form
                    + ", and this version of Callweave reads only " + FORM
                    + ". Start the version that wrote it, and change to this one when nothing waits"
                    + " (\"callweave deliver status\").");
        }
    }

    private static Occurrence occurrence(DataInputStream in) throws IOException {
        String type = in.readUTF();
        String account = in.readUTF();
        String slot = in.readUTF();
        Version version = new Version(in.readLong(), in.readLong(), in.readInt());
        String id = in.readUTF();
        long time = in.readLong();
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return new Occurrence(
                EventType.of(type).orElseThrow(() -> new IOException("unknown type")),
                account,
                slot,
                version,
                id,
                time,
                value,
                in.readBoolean());
    }
}

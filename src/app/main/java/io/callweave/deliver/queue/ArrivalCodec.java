package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records that wait, as the store keeps them. The first byte is the version of the form. */
final class ArrivalCodec {

    private static final int NOTHING = -1;

    private ArrivalCodec() {}

    static byte[] write(ArrivedRecord arrival) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(DeliveryCodec.FORM);
            out.writeUTF(arrival.account());
            out.writeUTF(arrival.origin().topic());
            out.writeLong(arrival.origin().offset());
            out.writeUTF(arrival.key());
            out.writeLong(arrival.timestamp());
            Header[] headers = arrival.headers().toArray();
            out.writeInt(headers.length);
            for (Header each : headers) {
                out.writeUTF(each.key());
                write(out, each.value());
            }
            write(out, arrival.value());
        } catch (IOException cannotBe) {
            throw new UncheckedIOException(cannotBe);
        }
        return bytes.toByteArray();
    }

    /** @throws io.callweave.topology.state.OtherFormatException if another version wrote it */
    static ArrivedRecord read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            DeliveryCodec.checkForm(in.readByte());
            String account = in.readUTF();
            QueuedWebhook.Origin origin = new QueuedWebhook.Origin(in.readUTF(), in.readLong());
            String key = in.readUTF();
            long timestamp = in.readLong();
            RecordHeaders headers = new RecordHeaders();
            for (int left = in.readInt(); left > 0; left--) {
                headers.add(in.readUTF(), bytes(in));
            }
            return new ArrivedRecord(account, origin, key, timestamp, headers, bytes(in));
        } catch (IOException e) {
            throw new UncheckedIOException("A record that waits cannot be read.", e);
        }
    }

    private static void write(DataOutputStream out, byte @Nullable [] value) throws IOException {
        out.writeInt(value == null ? NOTHING : value.length);
        if (value != null) {
            out.write(value);
        }
    }

    private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NOTHING) {
            return null;
        }
        byte[] value = new byte[length];
        in.readFully(value);
        return value;
    }
}

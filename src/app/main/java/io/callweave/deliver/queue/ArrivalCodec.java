package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records that wait, as the store keeps them. The first byte is the version of the form. */
final class ArrivalCodec {

    private ArrivalCodec() {}

    static byte[] write(ArrivedRecord arrival) {
        Header[] headers = arrival.headers().toArray();
        byte[] value = arrival.value();
        BinaryWriter out = new BinaryWriter(1_024 + (value == null ? 0 : value.length))
                .u8(DeliveryCodec.FORM)
                .string(arrival.account())
                .string(arrival.origin().topic())
                .i64(arrival.origin().offset())
                .string(arrival.key())
                .i64(arrival.timestamp())
                .varint(headers.length);
        for (Header each : headers) {
            out.string(each.key()).optionalBytes(each.value());
        }
        return out.optionalBytes(value).bytes();
    }

    /** @throws io.callweave.topology.state.OtherFormatException if another version wrote it */
    static ArrivedRecord read(byte[] bytes) {
        BinaryReader in = DeliveryCodec.reader(bytes);
        String account = in.string();
        QueuedWebhook.Origin origin = new QueuedWebhook.Origin(in.string(), in.i64());
        String key = in.string();
        long timestamp = in.i64();
        RecordHeaders headers = new RecordHeaders();
        for (long left = in.varint(); left > 0; left--) {
            headers.add(in.string(), in.optionalBytes());
        }
        return new ArrivedRecord(account, origin, key, timestamp, headers, in.optionalBytes());
    }
}

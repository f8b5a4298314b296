package io.callweave.deliver.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the two stores of a queue. Both begin with the subscription and a zero byte; then follows the slot, or the time when it
 * is due and the slot, so that what is due next for an endpoint is the first of its keys.
 */
final class QueueKeys {

    private static final byte END = 0;

    private QueueKeys() {}

    static Bytes ofSlot(String subscription, String slot) {
        byte[] id = utf8(subscription);
        byte[] rest = utf8(slot);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 1 + rest.length)
                .put(id)
                .put(END)
                .put(rest)
                .array());
    }

    static Bytes ofTime(String subscription, long due, String slot) {
        byte[] id = utf8(subscription);
        byte[] rest = utf8(slot);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 1 + Long.BYTES + rest.length)
                .put(id)
                .put(END)
                .putLong(due)
                .put(rest)
                .array());
    }

    static String subscription(Bytes key) {
        return new String(key.get(), 0, endOfId(key) - 1, StandardCharsets.UTF_8);
    }

    static long due(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(endOfId(key));
    }

    static String slot(Bytes key) {
        byte[] bytes = key.get();
        return new String(Arrays.copyOfRange(bytes, endOfId(key) + Long.BYTES, bytes.length), StandardCharsets.UTF_8);
    }

    private static int endOfId(Bytes key) {
        byte[] bytes = key.get();
        int end = 0;
        while (bytes[end] != END) {
            end++;
        }
        return end + 1;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

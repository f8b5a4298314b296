package io.callweave.deliver.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the store of a queue. The first byte says of what. Deliveries and their order follow with the subscription and a zero byte;
 * then comes the slot, or the time when it is due and the slot, so that what is due next for an endpoint is the first of its keys. A
 * value that deliveries share follows with the lengths of its account and of its name, and these; so does what shares it, with the
 * key of the delivery at its end. A record that waits follows with the length of its account, which can have zero bytes, its account,
 * topic and offset. What is known of a live call follows with its slot.
 */
final class QueueKeys {

    private static final byte DELIVERY = 1;
    private static final byte ORDER = 2;
    private static final byte ARRIVAL = 3;
    private static final byte LIVE = 4;
    private static final byte SHARED = 5;
    private static final byte SHARER = 6;
    private static final byte END = 0;

    /** Where the account of an arrival begins. */
    private static final int ACCOUNT = 1 + Integer.BYTES;

    static final Bytes FIRST_IN_ORDER = Bytes.wrap(new byte[] {ORDER});
    static final Bytes FIRST_ARRIVAL = Bytes.wrap(new byte[] {ARRIVAL});
    static final Bytes FIRST_LIVE = Bytes.wrap(new byte[] {LIVE});
    static final Bytes AFTER_LIVE = Bytes.wrap(new byte[] {LIVE + 1});
    static final Bytes FIRST_SHARER = Bytes.wrap(new byte[] {SHARER});
    static final Bytes AFTER_ALL = Bytes.wrap(new byte[] {SHARER + 1});

    private QueueKeys() {}

    static Bytes ofSlot(String subscription, String slot) {
        return of(DELIVERY, subscription, slot);
    }

    private static Bytes of(byte kind, String subscription, String slot) {
        byte[] id = utf8(subscription);
        byte[] rest = utf8(slot);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 2 + rest.length)
                .put(kind)
                .put(id)
                .put(END)
                .put(rest)
                .array());
    }

    /** What the keys of all that share a value begin with. */
    static Bytes ofSharers(String account, String name) {
        byte[] first = utf8(account);
        byte[] second = utf8(name);
        return Bytes.wrap(ByteBuffer.allocate(1 + 2 * Integer.BYTES + first.length + second.length)
                .put(SHARER)
                .putInt(first.length)
                .putInt(second.length)
                .put(first)
                .put(second)
                .array());
    }

    static Bytes ofSharer(Bytes sharers, String subscription, String slot) {
        byte[] name = sharers.get();
        byte[] rest = ofSlot(subscription, slot).get();
        return Bytes.wrap(ByteBuffer.allocate(name.length + rest.length)
                .put(name)
                .put(rest)
                .array());
    }

    /** What the key of one of them begins with. */
    static Bytes sharers(Bytes key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.get());
        int length = 1 + 2 * Integer.BYTES + bytes.getInt(1) + bytes.getInt(1 + Integer.BYTES);
        return Bytes.wrap(Arrays.copyOf(bytes.array(), length));
    }

    /** The key of what shares it. */
    static Bytes delivery(Bytes sharer) {
        byte[] bytes = sharer.get();
        return Bytes.wrap(Arrays.copyOfRange(bytes, sharers(sharer).get().length, bytes.length));
    }

    /** The value that they share. */
    static Bytes shared(Bytes sharers) {
        byte[] name = sharers.get().clone();
        name[0] = SHARED;
        return Bytes.wrap(name);
    }

    static Bytes ofTime(String subscription, long due, String slot) {
        byte[] id = utf8(subscription);
        byte[] rest = utf8(slot);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 2 + Long.BYTES + rest.length)
                .put(ORDER)
                .put(id)
                .put(END)
                .putLong(due)
                .put(rest)
                .array());
    }

    static String subscription(Bytes key) {
        return new String(key.get(), 1, endOfId(key) - 2, StandardCharsets.UTF_8);
    }

    static long due(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(endOfId(key));
    }

    static String slot(Bytes key) {
        byte[] bytes = key.get();
        return new String(Arrays.copyOfRange(bytes, endOfId(key) + Long.BYTES, bytes.length), StandardCharsets.UTF_8);
    }

    static Bytes ofArrival(String account, String topic, long offset) {
        byte[] id = utf8(account);
        byte[] rest = utf8(topic);
        return ofArrival(
                Bytes.wrap(ByteBuffer.allocate(ACCOUNT + id.length + rest.length)
                        .put(ARRIVAL)
                        .putInt(id.length)
                        .put(id)
                        .put(rest)
                        .array()),
                offset);
    }

    static Bytes ofArrival(Bytes line, long offset) {
        byte[] name = line.get();
        return Bytes.wrap(ByteBuffer.allocate(name.length + Long.BYTES)
                .put(name)
                .putLong(offset)
                .array());
    }

    /** What the keys of all arrivals of one account and topic begin with. */
    static Bytes line(Bytes key) {
        byte[] bytes = key.get();
        return Bytes.wrap(Arrays.copyOf(bytes, bytes.length - Long.BYTES));
    }

    /** Of a line. */
    static String account(Bytes line) {
        ByteBuffer name = ByteBuffer.wrap(line.get());
        return new String(name.array(), ACCOUNT, name.getInt(1), StandardCharsets.UTF_8);
    }

    /** Of a line. */
    static String topic(Bytes line) {
        ByteBuffer name = ByteBuffer.wrap(line.get());
        int begin = ACCOUNT + name.getInt(1);
        return new String(name.array(), begin, name.capacity() - begin, StandardCharsets.UTF_8);
    }

    static long offset(Bytes key) {
        byte[] bytes = key.get();
        return ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES);
    }

    static Bytes ofLive(String slot) {
        byte[] rest = utf8(slot);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + rest.length).put(LIVE).put(rest).array());
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

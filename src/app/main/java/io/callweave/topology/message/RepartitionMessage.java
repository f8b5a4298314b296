package io.callweave.topology.message;

import io.callweave.call.event.SessionKey;
import io.callweave.notification.RejectReason;
import io.callweave.notification.Rejection;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * What the router sends to the stage, over the repartition topic or within its task: raw notifications, each once, and how far
 * the clock of their partition is.
 */
public sealed interface RepartitionMessage extends RouterOutput {

    /**
     * A notification as it was received.
     *
     * @param sourcePartition the partition of {@code notifications} it comes from
     * @param offset of its record in {@code notifications}
     * @param receivedAt when it was received, in milliseconds since the epoch
     * @param home the account that decides its partition; not sent, the stage reads it again
     * @param unread whether the router took key and header as our bridge wrote them; then the stage checks them
     * @param headerAccount the account of the record's header {@code account}, null if it has none
     * @param sentSource where the sender says it is from, null if it does not say
     */
    record Routed(
            int sourcePartition,
            long offset,
            long receivedAt,
            String home,
            boolean unread,
            @Nullable String headerAccount,
            @Nullable String sentSource,
            byte @Nullable [] key,
            byte[] value)
            implements RepartitionMessage {

        /** What {@link RepartitionMessage#bytes} made of one. */
        public static Routed read(byte[] bytes) {
            return (Routed) RepartitionMessage.read(bytes);
        }

        /**
         * Why key or header are wrong, if the router used them unread; null if they are right.
         *
         * @param read the session that the notification names. Compared as bytes: half of a pair has none of its own
         */
        public @Nullable Rejection contradiction(SessionKey read) {
            if (!unread) {
                return null;
            }
            if (!Arrays.equals(utf8(headerAccount), utf8(read.accountId()))) {
                return wrong("The header account names another account than the notification.");
            }
            return Arrays.equals(key, utf8(read.telephonySessionId()))
                    ? null
                    : wrong("The key is not body.telephonySessionId.");
        }

        private static Rejection wrong(String detail) {
            return new Rejection(RejectReason.WRONG_ACCOUNT, detail);
        }

        private static byte @Nullable [] utf8(@Nullable String text) {
            return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Everything that was received in these partitions up to these times went the same way before this mark.
     *
     * @param clocks times in milliseconds, by partition of {@code notifications}
     * @param sourcePartitions how many partitions there are, so that the stage knows when it has heard of all
     * @param homes the partitions it goes to over the repartition topic; not sent
     */
    record Mark(Map<Integer, Long> clocks, int sourcePartitions, BitSet homes) implements RepartitionMessage {

        /** Of one partition, for the stage of the same task. */
        public static Mark of(int sourcePartition, int sourcePartitions, long time) {
            return new Mark(Map.of(sourcePartition, time), sourcePartitions, new BitSet());
        }
    }

    /**
     * Of the router's outputs only these messages come here.
     *
     */
    static Serde<RouterOutput> serde() {
        return Serdes.serdeFrom((topic, message) -> bytes((RepartitionMessage) message), (topic, bytes) -> read(bytes));
    }

    /** As they are sent, and kept where a notification has to wait. */
    static byte[] bytes(RepartitionMessage message) {
        if (message instanceof Routed routed) {
            return new BinaryWriter(64 + mostBytes(routed) + routed.value().length)
                    .format()
                    .u8(routed.unread() ? 'B' : 'N')
                    .varint(routed.sourcePartition())
                    .varint(routed.offset())
                    .varint(routed.receivedAt())
                    .optionalString(routed.headerAccount())
                    .optionalString(routed.sentSource())
                    .optionalBytes(routed.key())
                    .raw(routed.value())
                    .bytes();
        }
        Mark mark = (Mark) message;
        BinaryWriter out = new BinaryWriter(16 * (1 + mark.clocks().size()))
                .format()
                .u8('M')
                .varint(mark.sourcePartitions())
                .varint(mark.clocks().size());
        mark.clocks().forEach((source, time) -> out.varint(source).i64(time));
        return out.bytes();
    }

    /** Of its texts and its key. */
    private static int mostBytes(Routed routed) {
        return 3 * (length(routed.headerAccount()) + length(routed.sentSource()))
                + (routed.key() == null ? 0 : routed.key().length);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static RepartitionMessage read(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        in.format("A message between router and stage");
        int type = in.u8();
        return switch (type) {
            case 'N', 'B' ->
                new Routed(
                        (int) in.varint(),
                        in.varint(),
                        in.varint(),
                        "",
                        type == 'B',
                        in.optionalString(),
                        in.optionalString(),
                        in.optionalBytes(),
                        in.rest());
            case 'M' -> {
                int sourcePartitions = (int) in.varint();
                Map<Integer, Long> clocks = new HashMap<>();
                for (long left = in.varint(); left > 0; left--) {
                    clocks.put((int) in.varint(), in.i64());
                }
                yield new Mark(clocks, sourcePartitions, new BitSet());
            }
            default ->
                throw new IllegalStateException(
                        "A message between router and stage has the unknown type " + type + ".");
        };
    }
}

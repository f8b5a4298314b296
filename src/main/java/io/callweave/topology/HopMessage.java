package io.callweave.topology;

import io.callweave.call.SessionKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * What stage 1 sends to stage 2 over the hop by account: events, each once, and how far its clock is. Events and never
 * snapshots of a session, because events unite and a snapshot overwrites.
 */
sealed interface HopMessage extends Stage1Output {

    int VERSION = 1;
    int WITH_ORIGINAL = 1;

    /** The partition of {@code notifications} it comes from. */
    int sourcePartition();

    /**
     * A distinct party event.
     *
     * @param receivedAt when its notification was received, in milliseconds since the epoch
     * @param body its canonical body, from which stage 2 reads it again
     * @param original the notification that it was in; only where it may turn out to be too late, since then it has to go
     *     to the dead letters as it was
     */
    record Event(
            int sourcePartition,
            SessionKey session,
            long sequence,
            long receivedAt,
            String body,
            @Nullable Original original)
            implements HopMessage {}

    /** A notification as it was received. */
    record Original(byte @Nullable [] key, byte[] value, String source) {}

    /**
     * Everything that was received up to this time in this partition went over the hop before this mark.
     *
     * @param sourcePartitions how many partitions there are, so that stage 2 knows when it has heard of all
     */
    record Mark(int sourcePartition, int sourcePartitions, long time) implements HopMessage {}

    /** Of all that stage 1 gives out only these messages come here. */
    Serde<Stage1Output> SERDE =
            Serdes.serdeFrom((topic, message) -> write((HopMessage) message), (topic, bytes) -> read(bytes));

    private static byte[] write(HopMessage message) {
        if (message instanceof Event event) {
            BinaryWriter out = new BinaryWriter(96 + event.body().length())
                    .u8(VERSION)
                    .u8('E')
                    .varint(event.sourcePartition())
                    .string(event.session().accountId())
                    .string(event.session().telephonySessionId())
                    .varint(event.sequence())
                    .varint(event.receivedAt())
                    .u8(event.original() == null ? 0 : WITH_ORIGINAL)
                    .bytes(event.body().getBytes(StandardCharsets.UTF_8));
            Original original = event.original();
            if (original != null) {
                out.optionalBytes(original.key()).bytes(original.value()).string(original.source());
            }
            return out.bytes();
        }
        Mark mark = (Mark) message;
        return new BinaryWriter(16)
                .u8(VERSION)
                .u8('M')
                .varint(mark.sourcePartition())
                .varint(mark.sourcePartitions())
                .i64(mark.time())
                .bytes();
    }

    private static HopMessage read(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        in.version(VERSION, "A message between the stages");
        int type = in.u8();
        int sourcePartition = (int) in.varint();
        return switch (type) {
            case 'E' -> readEvent(sourcePartition, in);
            case 'M' -> new Mark(sourcePartition, (int) in.varint(), in.i64());
            default ->
                throw new IllegalStateException("A message between the stages has the unknown type " + type + ".");
        };
    }

    private static Event readEvent(int sourcePartition, BinaryReader in) {
        SessionKey session = new SessionKey(in.string(), in.string());
        long sequence = in.varint();
        long receivedAt = in.varint();
        boolean withOriginal = in.u8() == WITH_ORIGINAL;
        String body = in.string();
        return new Event(
                sourcePartition,
                session,
                sequence,
                receivedAt,
                body,
                withOriginal ? new Original(in.optionalBytes(), in.bytes(), in.string()) : null);
    }
}

package io.callweave.topology.fairness;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.time.DueQueue;

/** Work of an account that waits for its turn. */
public sealed interface PutOffWork {

    /**
     * A notification.
     *
     * @param receivedAt when it was received, not before what the clock of the stage said when it came
     */
    record Notification(long receivedAt, RepartitionMessage.Routed routed) implements PutOffWork {}

    /** A time that has come. What came before it is worked on before it, so that no call is over too early. */
    record Entry(DueQueue.Due due) implements PutOffWork {}

    /** As it is kept. */
    default byte[] bytes() {
        if (this instanceof Notification notification) {
            byte[] routed = RepartitionMessage.bytes(notification.routed());
            return new BinaryWriter(2 + Long.BYTES + routed.length)
                    .format()
                    .u8('N')
                    .i64(notification.receivedAt())
                    .raw(routed)
                    .bytes();
        }
        DueQueue.Due due = ((Entry) this).due();
        return new BinaryWriter(96)
                .format()
                .u8('D')
                .i64(due.time())
                .string(due.key().accountId())
                .string(due.key().telephonySessionId())
                .bytes();
    }

    /** What {@link #bytes} made. */
    static PutOffWork read(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        in.format("Work that waits for its turn");
        int type = in.u8();
        return switch (type) {
            case 'N' -> new Notification(in.i64(), RepartitionMessage.Routed.read(in.rest()));
            case 'D' -> new Entry(new DueQueue.Due(in.i64(), new SessionKey(in.string(), in.string())));
            default ->
                throw new IllegalStateException("Work that waits for its turn has the unknown type " + type + ".");
        };
    }
}

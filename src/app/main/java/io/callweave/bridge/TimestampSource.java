package io.callweave.bridge;

import io.callweave.notification.RoutingResult;
import org.jspecify.annotations.Nullable;

/** Chooses the timestamp of a record on {@code notifications}. The topic overrules it unless it keeps CreateTime. */
@FunctionalInterface
public interface TimestampSource {

    /** When Kafka gets it. */
    TimestampSource OF_KAFKA = (value, routing, receipt) -> null;

    /** The moment of receipt. */
    TimestampSource RECEIVED = (value, routing, receipt) -> receipt.receivedAt();

    /** Returns milliseconds since the epoch, or null for the time at which it is sent. */
    @Nullable
    Long of(byte[] value, RoutingResult routing, Receipt receipt);
}

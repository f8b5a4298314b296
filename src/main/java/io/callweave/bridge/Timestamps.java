package io.callweave.bridge;

import io.callweave.notification.Keying;

/** Chooses the timestamp of a record on {@code notifications}. The topic overrules it unless it keeps CreateTime. */
@FunctionalInterface
public interface Timestamps {

    /** The moment of receipt. */
    Timestamps RECEIVED = (value, session, receipt) -> receipt.receivedAt();

    /** Returns milliseconds since the epoch. Called in the order of intake, by one thread at a time. */
    long of(byte[] value, Keying.Keyed session, Receipt receipt);
}

package io.callweave.bridge;

import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import org.jspecify.annotations.Nullable;

/** Hears what an intake did, to count it. Called by any thread. */
public interface IntakeListener {

    /** Counts nothing. */
    IntakeListener NONE = new IntakeListener() {};

    /**
     * A notification has its outcome, whatever it is. One that its transport gave up has none.
     *
     * @param account null if it is not known
     * @param transport as in its {@link Receipt}
     */
    default void ended(@Nullable String account, String transport, IntakeOutcome outcome) {}

    /**
     * A notification is safe.
     *
     * @param account null if it is not known
     * @param receivedAt in milliseconds since the epoch
     * @param sent by RingCentral; null if it did not say when
     */
    default void published(@Nullable String account, long receivedAt, @Nullable Long sent) {}

    /** Bytes without a key are safe. */
    default void deadLettered(RejectReason reason) {}

    /**
     * A notification of another event type came.
     *
     * @param account null if it is not known
     */
    default void skipped(OtherEvent kind, @Nullable String account) {}
}

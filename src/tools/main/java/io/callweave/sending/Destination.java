package io.callweave.sending;

import java.time.Instant;

/** Takes notifications. Used by one thread. */
public interface Destination extends AutoCloseable {

    /**
     * Sends one; may return before it has arrived, and waits while too many are on their way.
     *
     * @param notification one line, without its end; must not be changed afterwards
     * @throws SendingException if it, or one before it, cannot be sent
     */
    void send(byte[] notification);

    /**
     * The same for a destination that keeps the time of what it takes.
     *
     * @param time when it happens, or was recorded
     */
    default void send(Instant time, byte[] notification) {
        send(notification);
    }

    /**
     * Lets what was sent be seen now, as before a pause.
     *
     * @throws SendingException if something cannot be sent
     */
    default void flush() {}

    /**
     * Waits until everything has arrived.
     *
     * @return what became of it
     * @throws SendingException if something cannot be sent
     */
    Delivered finish();

    @Override
    void close();
}

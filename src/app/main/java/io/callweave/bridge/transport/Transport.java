package io.callweave.bridge.transport;

/** A way in which notifications come. It hands each to {@link BridgeServices#intake()} and translates the outcome. */
public interface Transport extends AutoCloseable {

    /** Whether notifications can come this way now; false is for what only a restart mends. */
    default boolean isRunning() {
        return true;
    }

    /** Whether senders get in; false is for what ends by itself. */
    default boolean isOpen() {
        return true;
    }

    /** Accepts nothing new, and returns when all that it accepted has its outcome. */
    @Override
    void close();
}

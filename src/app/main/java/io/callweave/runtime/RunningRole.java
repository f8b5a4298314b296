package io.callweave.runtime;

import java.util.List;

/** A role of the product as it runs in a process: its parts, and nothing else. */
public interface RunningRole extends AutoCloseable {

    RoleParts parts();

    /** What it serves beside health and metrics, and where; each line such as {@code the console is at http://…}. */
    default List<String> offers() {
        return List.of();
    }

    /** Where health and metrics are, such as {@code http://127.0.0.1:8080}. */
    default String httpAddress() {
        return parts().httpAddress();
    }

    /**
     * Waits until it works for the first time.
     *
     * @return false if it ended before
     */
    default boolean awaitRunning() {
        return parts().running().join();
    }

    /**
     * Waits until it has ended.
     *
     * @return true if it was closed, false if it failed
     */
    default boolean await() {
        return parts().ended().join();
    }

    /** Stops its parts, the last one first. */
    @Override
    default void close() {
        parts().close();
    }
}

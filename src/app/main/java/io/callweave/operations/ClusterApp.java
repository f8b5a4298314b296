package io.callweave.operations;

/** A Kafka Streams application of the product: one instance on a cluster, which works until it is closed. */
public interface ClusterApp extends AutoCloseable {

    /** Where health and metrics are, such as {@code http://127.0.0.1:8080}. */
    String httpAddress();

    /**
     * Waits until it works for the first time.
     *
     * @return false if it ended before
     */
    boolean awaitRunning() throws InterruptedException;

    /**
     * Waits until it has ended.
     *
     * @return true if it was closed, false if it failed
     */
    boolean await() throws InterruptedException;

    /** Stops, and leaves the group, so that others take over. */
    @Override
    void close();
}

package io.callweave.deliver.post;

/** Takes deliveries to be posted. Thread-safe. */
public interface Posts {

    /** Adds it behind the others of its endpoint. */
    void add(Ticket ticket);

    /** Starts what a pause held back. */
    void run();

    /** Whether the endpoint takes posts now; if not, what is due waits in its queue. */
    boolean isOpen(String subscription);

    /** When a post to an endpoint succeeded last, in milliseconds since the epoch; 0 if none did in this process. */
    long lastSuccess(String subscription);
}

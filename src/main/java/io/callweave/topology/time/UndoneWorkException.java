package io.callweave.topology.time;

/** Kafka Streams has undone work of a run, and what it was done with was in memory only. */
public final class UndoneWorkException extends RuntimeException {

    /** What it says to the user. */
    public static final String SENTENCE =
            "Kafka Streams has undone work of this run, which cannot be taken up again. Run it again.";

    private static final long serialVersionUID = 1L;

    public UndoneWorkException() {
        super(SENTENCE);
    }
}

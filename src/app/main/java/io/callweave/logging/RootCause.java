package io.callweave.logging;

/** What failed in the end: Kafka's clients wrap the reason several times. */
public final class RootCause {

    private RootCause() {}

    /** The message of the innermost cause, or its class if it has none. */
    public static String message(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}

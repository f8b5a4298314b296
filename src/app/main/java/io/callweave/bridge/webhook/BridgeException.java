package io.callweave.bridge.webhook;

/** The bridge cannot run as it is set up. The message is one sentence for the operator. */
public final class BridgeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BridgeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

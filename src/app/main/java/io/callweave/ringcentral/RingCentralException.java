package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * RingCentral cannot be used as it is asked to. The message is one sentence for the operator, without secrets and without
 * what RingCentral wrote: its messages can repeat what was sent.
 */
public final class RingCentralException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, as far as programs have to know. */
    public enum Trouble {
        /** The app, its secret or the JWT is refused. */
        CREDENTIALS,
        /** The app or the user lacks a permission. */
        PERMISSION,
        /** RingCentral refuses the address of a webhook. */
        ADDRESS,
        /** There is no such subscription. */
        GONE,
        /** The request makes no sense to RingCentral. */
        REQUEST,
        /** Too many requests; passes by itself. */
        RATE,
        /** RingCentral fails or cannot be reached; passes by itself. */
        UNAVAILABLE
    }

    private final Trouble trouble;
    private final transient @Nullable Duration retryAfter;

    RingCentralException(Trouble trouble, String sentence) {
        this(trouble, sentence, null, null);
    }

    /** @param retryAfter how long RingCentral wants no request; null if it does not say */
    RingCentralException(Trouble trouble, String sentence, @Nullable Duration retryAfter, @Nullable Exception cause) {
        super(sentence, cause);
        this.trouble = trouble;
        this.retryAfter = retryAfter;
    }

    /** A failure that passes. */
    public static RingCentralException unavailable(String sentence) {
        return new RingCentralException(Trouble.UNAVAILABLE, sentence);
    }

    /** More came than is read; it does not pass by itself. */
    public static RingCentralException tooMuch(String sentence) {
        return new RingCentralException(Trouble.REQUEST, sentence);
    }

    /** What an answer means that did not come over HTTP. */
    public static RingCentralException of(int status, JsonNode body) {
        return Refusals.of(status, body, Optional.empty());
    }

    public Trouble trouble() {
        return trouble;
    }

    /** Whether the same request can succeed later. */
    public boolean passes() {
        return trouble == Trouble.RATE || trouble == Trouble.UNAVAILABLE;
    }

    /** How long RingCentral wants no request; null if it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}

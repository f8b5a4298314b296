package io.callweave.console.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final int retryAfterSeconds;
    private final @Nullable String supersededBy;

    private ApiException(int status, String code, String message) {
        this(status, code, message, 0, null);
    }

    private ApiException(int status, String code, String message, int retryAfterSeconds) {
        this(status, code, message, retryAfterSeconds, null);
    }

    private ApiException(
            int status, String code, String message, int retryAfterSeconds, @Nullable String supersededBy) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
        this.supersededBy = supersededBy;
    }

    static ApiException invalid(String message) {
        return new ApiException(400, "invalid", message);
    }

    static ApiException unauthorized() {
        return new ApiException(
                401, "unauthorized", "Send the header Authorization: Bearer, with an access token of the console.");
    }

    static ApiException forbidden(String message) {
        return new ApiException(403, "forbidden", message);
    }

    private static ApiException noCall() {
        return new ApiException(404, "notFound", "There is no such call, or it is no longer kept.");
    }

    /** @param other the call of the same account that it is part of; empty if there is no such call at all */
    static ApiException noCall(Optional<String> other) {
        return other.map(id -> new ApiException(410, "superseded", "This call is part of the call " + id + ".", 0, id))
                .orElseGet(ApiException::noCall);
    }

    static ApiException notAcceptable() {
        return new ApiException(
                406, "notAcceptable", "This is a stream of events: send the header Accept: text/event-stream.");
    }

    static ApiException starting() {
        return new ApiException(503, "starting", "The console is filling its store; try again in a few seconds.", 5);
    }

    static ApiException full() {
        return new ApiException(503, "full", "As many clients listen as the console can serve; try again later.", 30);
    }

    static ApiException fullForToken() {
        return new ApiException(
                503, "full", "With this token, as many clients listen as one token may have; try again later.", 30);
    }

    static ApiException busy() {
        return new ApiException(503, "busy", "Many ask for the same now; try again in a few seconds.", 5);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** The call that has what was asked for; null if there is none. */
    @Nullable
    String supersededBy() {
        return supersededBy;
    }

    /** When it is worth to try again; 0 if that is not known. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

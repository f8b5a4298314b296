package io.callweave.console.api;

/** A request that is answered with an error. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final int retryAfterSeconds;

    private ApiException(int status, String code, String message) {
        this(status, code, message, 0);
    }

    private ApiException(int status, String code, String message, int retryAfterSeconds) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
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

    static ApiException noCall() {
        return new ApiException(404, "notFound", "There is no such call, or it is no longer kept.");
    }

    static ApiException tooLarge(int mostBytes) {
        return new ApiException(413, "tooLarge", "A body has at most " + mostBytes + " bytes.");
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

    static ApiException tooSlow() {
        return new ApiException(408, "tooSlow", "The body of the request did not come in time.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** When it is worth to try again; 0 if that is not known. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

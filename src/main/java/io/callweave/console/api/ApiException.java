package io.callweave.console.api;

/** A request that is answered with an error. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private ApiException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
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

    static ApiException starting() {
        return new ApiException(503, "starting", "The console is filling its store; try again in a few seconds.");
    }

    static ApiException full() {
        return new ApiException(503, "full", "As many clients listen as the console can serve; try again later.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}

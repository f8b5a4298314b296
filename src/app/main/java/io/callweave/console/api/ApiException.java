package io.callweave.console.api;

import io.callweave.runtime.http.ApiAnswers;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import java.util.Optional;

/** A request that is answered with an error. */
final class ApiException extends HttpResponseException {

    private static final long serialVersionUID = 1L;

    private ApiException(int status, String code, String message) {
        super(status, message, Map.of(ApiAnswers.CODE, code));
    }

    private ApiException(int status, String code, String message, String detail, String value) {
        super(status, message, Map.of(ApiAnswers.CODE, code, detail, value));
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
        return other.map(id -> new ApiException(
                        410, "superseded", "This call is part of the call " + id + ".", "supersededBy", id))
                .orElseGet(ApiException::noCall);
    }

    static ApiException notAcceptable() {
        return new ApiException(
                406, "notAcceptable", "This is a stream of events: send the header Accept: text/event-stream.");
    }

    static ApiException starting() {
        return new ApiException(
                503,
                "starting",
                "The console is filling its store; try again in a few seconds.",
                ApiAnswers.RETRY_AFTER,
                "5");
    }

    static ApiException full() {
        return new ApiException(
                503,
                "full",
                "As many clients listen as the console can serve; try again later.",
                ApiAnswers.RETRY_AFTER,
                "30");
    }

    static ApiException unread() {
        return new ApiException(
                503,
                "busy",
                "Too many bytes of answers are not read yet; read them, and try again.",
                ApiAnswers.RETRY_AFTER,
                "5");
    }

    static ApiException withoutChunks() {
        return new ApiException(
                505,
                "httpVersion",
                "In HTTP/1.0, nobody sees whether an export broke off; use HTTP/1.1, in nginx with proxy_http_version 1.1.");
    }

    static ApiException slow() {
        return new ApiException(
                422,
                "slow",
                "This takes too long; ask for fewer days or for less. For a large call, use the command explain.");
    }

    static ApiException busy() {
        return new ApiException(
                503, "busy", "Many ask for the same now; try again in a few seconds.", ApiAnswers.RETRY_AFTER, "5");
    }
}

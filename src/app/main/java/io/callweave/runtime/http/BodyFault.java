package io.callweave.runtime.http;

import org.eclipse.jetty.http.HttpStatus;

/** Why the body of a request was not read to its end. */
enum BodyFault {
    TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE_413, "tooLarge", "A body has at most " + WholeBodies.MOST_BYTES + " bytes."),
    TOO_SLOW(HttpStatus.REQUEST_TIMEOUT_408, "tooSlow", "The body of the request did not come in time."),
    NO_MEMORY(HttpStatus.SERVICE_UNAVAILABLE_503, "busy", "Too many send bodies now; try again in a few seconds.");

    private final int status;
    private final String code;
    private final String message;

    BodyFault(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }
}

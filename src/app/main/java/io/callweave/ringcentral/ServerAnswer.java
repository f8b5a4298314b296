package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What a server answered.
 *
 * @param body missing if it is no JSON; an empty object if there is none
 */
public record ServerAnswer(int status, HttpFields headers, JsonNode body) {

    private static final int HUNDREDS = 100;
    private static final int SUCCESS = 2;

    public boolean isSuccess() {
        return isSuccess(status);
    }

    static boolean isSuccess(int status) {
        return status / HUNDREDS == SUCCESS;
    }

    /** Empty if the server does not say it. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(headers.get(HttpHeader.RETRY_AFTER));
    }
}

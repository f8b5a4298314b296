package io.callweave.platform.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import java.util.Map;

/**
 * An error of the token endpoint: OAuth's own members, and RingCentral's list of errors beside them. The codes are those
 * of errors.md and of replies in public reports.
 */
final class OAuthError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final int status;
    private final String word;
    private final String errorCode;

    private OAuthError(int status, String word, String errorCode, String message) {
        super(message);
        this.status = status;
        this.word = word;
        this.errorCode = errorCode;
    }

    static OAuthError noClient() {
        return new OAuthError(BAD_REQUEST, "invalid_client", "OAU-123", "Client authentication is required");
    }

    static OAuthError unknownClient(String clientId) {
        return new OAuthError(BAD_REQUEST, "invalid_client", "OAU-153", "Invalid client: " + clientId);
    }

    static OAuthError wrongSecret() {
        return new OAuthError(UNAUTHORIZED, "invalid_client", "OAU-146", "Invalid client credentials");
    }

    /** INFER: no public reply shows which code a wrong JWT has. */
    static OAuthError wrongAssertion() {
        return new OAuthError(BAD_REQUEST, "invalid_grant", "OAU-140", "Invalid resource owner credentials");
    }

    static OAuthError unknownToken() {
        return new OAuthError(BAD_REQUEST, "invalid_grant", "OAU-213", "Token not found");
    }

    static OAuthError grantType(String grantType) {
        return new OAuthError(
                BAD_REQUEST,
                "unsupported_grant_type",
                "OAU-112",
                "The client is unauthorized for the required grant type: [" + grantType + "]");
    }

    PlatformReply reply() {
        ObjectNode body = PlatformRequest.object().put("error", word).put("error_description", getMessage());
        body.putArray("errors").addObject().put("errorCode", errorCode).put("message", getMessage());
        return new PlatformReply(status, Map.of(), body);
    }
}

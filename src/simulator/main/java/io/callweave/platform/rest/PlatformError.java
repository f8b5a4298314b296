package io.callweave.platform.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as RingCentral reports it: {@code {"errorCode", "message", "errors": [{"errorCode", "message"}]}}. Codes and
 * messages are those of RingCentral's developer guide (errors.md) and of its API reference.
 */
public final class PlatformError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorCode;
    private final String topCode;
    private final transient Map<String, String> details = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public PlatformError(int status, String errorCode, String message) {
        this(status, errorCode, errorCode, message);
    }

    private PlatformError(int status, String topCode, String errorCode, String message) {
        super(message);
        this.status = status;
        this.topCode = topCode;
        this.errorCode = errorCode;
    }

    /** An access token that is not accepted: here the outer code is a word. */
    public static PlatformError token(String word, String errorCode, String message) {
        return new PlatformError(401, word, errorCode, message);
    }

    /** A value that is not allowed. */
    public static PlatformError parameter(String name) {
        return new PlatformError(400, "CMN-101", "Parameter [" + name + "] value is invalid")
                .detail("parameterName", name);
    }

    public static PlatformError notFound(String parameter) {
        return new PlatformError(404, "CMN-102", "Resource for parameter [" + parameter + "] is not found")
                .detail("parameterName", parameter);
    }

    /** The application lacks a permission. */
    public static PlatformError permission(String name) {
        return new PlatformError(
                        403,
                        "InsufficientPermissions",
                        "CMN-401",
                        "In order to call this API endpoint, application needs to have [" + name + "] permission")
                .detail("permissionName", name);
    }

    PlatformError detail(String name, String value) {
        details.put(name, value);
        return this;
    }

    public PlatformError header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public PlatformReply reply() {
        ObjectNode body = PlatformRequest.object().put("errorCode", topCode).put("message", getMessage());
        details.forEach(body::put);
        ObjectNode inner = body.putArray("errors").addObject();
        inner.put("errorCode", errorCode).put("message", getMessage());
        details.forEach(inner::put);
        return new PlatformReply(status, headers, body);
    }
}

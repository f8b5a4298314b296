package io.callweave.bridge.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says before its body.
 *
 * @param path without the query, as sent
 * @param validationToken null if the header is absent
 * @param tokens the values of both headers that may carry the verification token
 * @param declaredBytes of the body; 0 if there is none, -1 if it is not said how many
 */
record Head(
        String method,
        String path,
        @Nullable String validationToken,
        List<String> tokens,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        long declaredBytes) {

    Head {
        tokens = List.copyOf(tokens);
    }

    /** RingCentral's question whether the address is ours: a POST without a body. With a body it is a delivery. */
    boolean mayAskForValidation() {
        return validationToken != null && method.equals("POST");
    }

    /** Only declared media types count: without one, the body is taken for JSON, as RingCentral sends it. */
    boolean isJson() {
        String type = contentType;
        if (type == null) {
            return true;
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().equalsIgnoreCase("application/json");
    }

    /** Compressed bytes would not be those of the notification. */
    boolean isPlain() {
        return contentEncoding == null || contentEncoding.strip().equalsIgnoreCase("identity");
    }
}

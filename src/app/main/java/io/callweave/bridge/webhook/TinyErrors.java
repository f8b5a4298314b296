package io.callweave.bridge.webhook;

import io.callweave.bridge.activity.Answer;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Jetty's own refusals, of what is no HTTP or is too long, in the form of ours. */
final class TinyErrors extends ErrorHandler {

    private static final String JSON = "application/json";

    private final Consumer<Answer> refused;

    /** @param refused is told of each */
    TinyErrors(Consumer<Answer> refused) {
        this.refused = refused;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = answer(response.getStatus());
        refused.accept(answer);
        byte[] body = Exchange.body(answer);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        // Of what it refuses, Jetty would send a body also to HEAD.
        response.write(
                true,
                HttpMethod.HEAD.is(request.getMethod()) ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(body),
                callback);
        return true;
    }

    private static Answer answer(int status) {
        return switch (status) {
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> Answer.STOPPING;
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> Answer.LONG_HEAD;
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> Answer.FAILED;
            default -> Answer.BAD_REQUEST;
        };
    }
}

package io.callweave.platform;

import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Turns HTTP requests into those of RingCentral's API. */
final class HttpEntry extends Handler.Abstract {

    /** The largest one of a client is some KB. */
    private static final int MOST_BYTES = 1 << 20;

    private final Function<PlatformRequest, PlatformReply> api;

    HttpEntry(Function<PlatformRequest, PlatformReply> api) {
        this.api = api;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getName(), String.valueOf(field.getValue()));
        }
        byte[] body = Content.Source.asInputStream(request).readNBytes(MOST_BYTES + 1);
        PlatformReply reply = body.length > MOST_BYTES
                ? new PlatformError(413, "CMN-413", "Request body is larger than 1 MiB").reply()
                : api.apply(new PlatformRequest(
                        request.getMethod(),
                        Request.getPathInContext(request),
                        PlatformRequest.pairs(request.getHttpURI().getQuery()),
                        headers,
                        new String(body, StandardCharsets.UTF_8),
                        "http://" + headers.getOrDefault("Host", Request.getServerName(request)),
                        null,
                        null));
        response.setStatus(reply.status());
        reply.headers().forEach(response.getHeaders()::put);
        if (reply.body() == null) {
            callback.succeeded();
        } else {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=utf-8");
            Content.Sink.write(response, true, reply.body().toString(), callback);
        }
        return true;
    }
}

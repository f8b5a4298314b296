package io.callweave.runtime.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Shows HEAD as GET to what answers: the status and the headers are then the same, and Jetty leaves out the body. No header names
 * another method: Javalin would take that one, and what stands before us has checked the one of the request line.
 */
final class HeadAsGet extends Handler.Wrapper {

    /** The attribute of a request that was HEAD. */
    static final String IS_HEAD = HeadAsGet.class.getName();

    private static final String OVERRIDE = "X-HTTP-Method-Override";

    HeadAsGet(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean isHead = HttpMethod.HEAD.is(request.getMethod());
        if (!isHead && !request.getHeaders().contains(OVERRIDE)) {
            return super.handle(request, response, callback);
        }
        if (isHead) {
            request.setAttribute(IS_HEAD, true);
        }
        HttpFields headers =
                HttpFields.build(request.getHeaders()).remove(OVERRIDE).asImmutable();
        return super.handle(
                new Request.Wrapper(request) {
                    @Override
                    public String getMethod() {
                        return isHead ? HttpMethod.GET.asString() : super.getMethod();
                    }

                    @Override
                    public HttpFields getHeaders() {
                        return headers;
                    }
                },
                response,
                callback);
    }
}

package io.callweave.runtime.http;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Shows HEAD as GET to what answers: the status and the headers are then the same. Jetty leaves out the body. */
final class HeadAsGet extends Handler.Wrapper {

    /** The attribute of a request that was HEAD. */
    static final String IS_HEAD = HeadAsGet.class.getName();

    HeadAsGet(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        request.setAttribute(IS_HEAD, true);
        return super.handle(
                new Request.Wrapper(request) {
                    @Override
                    public String getMethod() {
                        return HttpMethod.GET.asString();
                    }
                },
                response,
                callback);
    }
}

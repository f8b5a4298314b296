package io.callweave.runtime.http;

import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Skips interim answers, such as 100 and 103 (RFC 9110, 15.2). Jetty's client takes one which no handler accepts for the end of the
 * answer: then the request never ends, not even by its timeout.
 */
public final class InterimAnswers extends EarlyHintsProtocolHandler {

    /** Of one answer. A server that sends them without an end keeps a thread. */
    private static final int MOST = 20;

    private static final String COUNT = InterimAnswers.class.getName();

    @Override
    public String getName() {
        return "interim-answers";
    }

    @Override
    public boolean accept(Request request, Response response) {
        if (!HttpStatus.isInterim(response.getStatus())) {
            return false;
        }
        int before = request.getAttributes().get(COUNT) instanceof Integer count ? count : 0;
        request.attribute(COUNT, before + 1);
        if (before >= MOST) {
            var unused = request.abort(new LongAnswerException());
        }
        return true;
    }
}

package io.callweave.runtime.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;

/** The client left, or sent no body. Anybody can do it, as often as he likes: nothing for the log. */
public final class ClientLeft extends HttpException.RuntimeException implements QuietException {

    private static final long serialVersionUID = 1L;

    public ClientLeft() {
        super(HttpStatus.BAD_REQUEST_400, "The client left, or sent no body.");
    }
}

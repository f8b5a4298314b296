package io.callweave.runtime.http;

import java.io.IOException;

/** A server answers with more than anybody reads. */
public final class LongAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    public LongAnswerException() {
        super("The answer is too long.");
    }
}

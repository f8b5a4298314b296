package io.callweave.deliver.post;

import java.io.IOException;

/** An endpoint answers with more than anybody reads. */
final class LongAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    LongAnswerException() {
        super("The answer is too long.");
    }
}

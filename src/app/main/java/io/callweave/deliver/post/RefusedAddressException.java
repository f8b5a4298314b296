package io.callweave.deliver.post;

import java.io.IOException;

/** An endpoint's address must not be posted to. */
final class RefusedAddressException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedAddressException(String message) {
        super(message);
    }
}

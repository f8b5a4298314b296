package io.callweave.bridge.account;

/** The accounts cannot be used as they are given. The message is one sentence for the operator, without tokens. */
public final class AccountsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AccountsException(String sentence) {
        super(sentence);
    }
}

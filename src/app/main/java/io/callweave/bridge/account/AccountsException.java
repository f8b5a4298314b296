package io.callweave.bridge.account;

/** The accounts cannot be used as they are given. The message is one sentence for the operator, without tokens. */
public final class AccountsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean ofFile;

    AccountsException(String sentence) {
        this(sentence, false);
    }

    AccountsException(String sentence, boolean ofFile) {
        super(sentence);
        this.ofFile = ofFile;
    }

    /** Whether the accounts file is at fault, and not a setting. */
    public boolean isOfFile() {
        return ofFile;
    }
}

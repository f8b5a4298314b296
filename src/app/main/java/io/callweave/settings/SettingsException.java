package io.callweave.settings;

/** Why Callweave does not start: one sentence for the user, without any secret. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingsException(String sentence) {
        super(sentence);
    }

    public SettingsException(String sentence, Exception cause) {
        super(sentence, cause);
    }
}

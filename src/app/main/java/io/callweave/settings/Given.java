package io.callweave.settings;

/**
 * A value from a flag, the environment or a file.
 *
 * @param from its exact source, as part of a sentence
 */
record Given(String name, String text, Source source, String from) {

    boolean isSecret() {
        return !Secrets.masked(name, text).equals(text);
    }

    /** @param mustBe to its full stop */
    SettingsException wrong(String mustBe) {
        return new SettingsException(
                name + " (" + from + ") is \"" + Secrets.masked(name, text) + "\", but must be " + mustBe);
    }

    /** A record would print its text, which can be a secret. */
    @Override
    public String toString() {
        return name + "=" + Secrets.masked(name, text) + " (" + from + ")";
    }
}

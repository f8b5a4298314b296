package io.callweave.settings;

/**
 * A value as somebody gave it.
 *
 * @param from where exactly it stands, as it reads in a sentence
 */
record Given(String name, String text, Source source, String from) {

    SettingsException wrong(String mustBe) {
        return new SettingsException(
                name + " (" + from + ") is \"" + Secrets.masked(name, text) + "\", but must be " + mustBe + ".");
    }

    /** A record would print its text, and that can be a secret. */
    @Override
    public String toString() {
        return name + "=" + Secrets.masked(name, text) + " (" + from + ")";
    }
}

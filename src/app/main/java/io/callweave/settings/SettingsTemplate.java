package io.callweave.settings;

import java.util.Map;

/** A settings file to begin with: all settings with what they do, what they can be and their defaults, commented out. */
public final class SettingsTemplate {

    private static final String HEAD = """
            # Settings of Callweave. To change one, remove the # before it.
            # To use this file: callweave streams --config FILE, or CALLWEAVE_CONFIG=FILE
            # A setting is also an option, --completion-linger=10s, and a variable, CALLWEAVE_COMPLETION_LINGER=10s.
            # An option overrides a variable, and a variable overrides this file.
            """;

    private static final String TAIL = """

            # Options of every Kafka client begin with kafka., those of Kafka Streams alone with streams.; for example:
            #kafka.security.protocol=SASL_SSL
            #streams.num.stream.threads=2
            """;

    private SettingsTemplate() {}

    /**
     * Writes it.
     *
     * @param environment where data folders are by default depends on it
     */
    public static String of(Map<String, String> environment) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Setting<?> setting : KnownSettings.all()) {
            text.append('\n').append("# ").append(setting.doc()).append('\n');
            text.append("# Allowed: ").append(setting.mustBe()).append(".\n");
            String value = setting.byDefault(environment).orElse(null);
            if (value == null) {
                text.append("# No default.\n");
            }
            text.append('#')
                    .append(setting.name())
                    .append('=')
                    // As Java reads properties, a backslash must be doubled.
                    .append((value == null ? setting.example() : value).replace("\\", "\\\\"))
                    .append('\n');
        }
        return text.append(TAIL).toString();
    }
}

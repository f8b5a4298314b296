package io.callweave.settings;

import java.util.regex.Pattern;

/** The settings as the documentation shows them. */
public final class SettingsTable {

    private static final Pattern RANGE_OR_PATH =
            Pattern.compile("a (?:duration|size|whole number) from|the path of|the password");
    private static final String LIST = "a comma-separated list of ";

    private SettingsTable() {}

    public static String markdown() {
        StringBuilder table = new StringBuilder("setting | default (allowed) | meaning\n---|---|---\n");
        for (Setting<?> setting : KnownSettings.all()) {
            table.append("`%s` | %s | %s\n"
                    .formatted(
                            setting.name(),
                            setting.byDefault()
                                            .map(text -> text.isEmpty() ? "empty" : "`" + text + "`")
                                            .orElse("none")
                                    + allowed(setting.allowed()),
                            setting.doc()));
        }
        return table.toString();
    }

    /** Ranges are left out: error sentences and {@code config --json} have them. */
    private static String allowed(String allowed) {
        if (RANGE_OR_PATH.matcher(allowed).lookingAt()) {
            return "";
        }
        String words = allowed.startsWith(LIST) ? "list of " + allowed.substring(LIST.length()) : allowed;
        return words.startsWith("list of PT1M") ? " (some of these, or none)" : " (" + words + ")";
    }
}

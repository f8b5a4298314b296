package io.callweave.settings;

/** The settings as the documentation shows them. */
public final class SettingsTable {

    private SettingsTable() {}

    public static String markdown() {
        StringBuilder table = new StringBuilder("setting | default (allowed) | meaning\n---|---|---\n");
        for (Setting<?> setting : KnownSettings.all()) {
            table.append("`%s` | %s (%s) | %s\n"
                    .formatted(
                            setting.name(),
                            setting.byDefault()
                                    .map(text -> text.isEmpty() ? "empty" : "`" + text + "`")
                                    .orElse("none"),
                            allowed(setting.allowed()),
                            setting.doc()));
        }
        return table.toString();
    }

    /** In fewer words than in an error sentence: the page says once how durations, sizes and lists are written. */
    private static String allowed(String allowed) {
        return allowed.replaceFirst("^a (duration|size|whole number) from ", "")
                .replaceFirst("^a comma-separated list of PT1M.*", "some of these, or none")
                .replaceFirst("^a comma-separated list of ", "list of ")
                .replaceFirst("^the path of a (file|folder)$", "$1");
    }
}

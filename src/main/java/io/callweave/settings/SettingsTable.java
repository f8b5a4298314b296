package io.callweave.settings;

/** The settings as the documentation shows them. */
public final class SettingsTable {

    private SettingsTable() {}

    public static String markdown() {
        StringBuilder table = new StringBuilder("| setting | default | allowed | meaning |\n|---|---|---|---|\n");
        for (Setting<?> setting : KnownSettings.all()) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            setting.name(),
                            setting.byDefault().map(text -> "`" + text + "`").orElse("none"),
                            setting.allowed().replaceFirst("^a (duration|size|whole number) from ", ""),
                            setting.doc()));
        }
        return table.toString();
    }
}

package io.callweave.settings;

/** The settings as the documentation shows them. */
public final class SettingsTable {

    private SettingsTable() {}

    public static String markdown() {
        StringBuilder table = new StringBuilder("| setting | default | allowed | what it does |\n|---|---|---|---|\n");
        for (Setting<?> setting : KnownSettings.all()) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            setting.name(),
                            setting.byDefault().map(text -> "`" + text + "`").orElse("none"),
                            setting.allowed(),
                            setting.doc()));
        }
        return table.toString();
    }
}

package io.callweave.cli;

import io.callweave.cli.common.DataLines;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.OpenSecrets;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsTable;
import io.callweave.settings.SettingsTemplate;
import io.callweave.value.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code config}: what is set, where from, and what it does. */
@Command(
        name = "config",
        description = "Print the settings in force: name, value, source (default, file, env or flag) and meaning.",
        footer = {
            "",
            "Examples:",
            "  callweave config --completion-linger=10s",
            "  callweave config --config callweave.properties --json",
            "  callweave config --template > callweave.properties"
        })
final class ConfigCommand implements Runnable {

    private final Map<String, String> environment;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @ArgGroup
    private @Nullable Form form;

    /** At most one of these. */
    static final class Form {

        @Option(
                names = "--json",
                description = "Print JSON: an array of {name, value, source, default, allowed, meaning}.")
        private boolean json;

        @Option(
                names = "--template",
                description = "Print a settings file instead, with all settings explained and commented out.")
        private boolean template;

        @Option(names = "--markdown", description = "Print the table of all settings for the documentation instead.")
        private boolean markdown;
    }

    @Spec
    private CommandSpec spec;

    ConfigCommand() {
        this(System.getenv());
    }

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        Form chosen = form == null ? new Form() : form;
        PrintWriter out = spec.commandLine().getOut();
        if (chosen.json) {
            Messages.dataTo(spec)
                    .json(effective().stream().map(ConfigCommand::json).toList());
        } else if (chosen.template) {
            out.print(SettingsTemplate.of(environment));
        } else {
            out.print(chosen.markdown ? SettingsTable.markdown() : inForce());
        }
        out.flush();
    }

    private List<Settings.Effective> effective() {
        Settings loaded = settings.load(environment);
        OpenSecrets.sentences(loaded).forEach(each -> Messages.to(spec).println("callweave: " + Printable.of(each)));
        return loaded.effective();
    }

    private static Map<String, @Nullable Object> json(Settings.Effective one) {
        Optional<Setting<?>> known = KnownSettings.all().stream()
                .filter(setting -> setting.name().equals(one.name()))
                .findFirst();
        return DataLines.element(
                "name",
                one.name(),
                "value",
                one.value().orElse(null),
                "source",
                one.source().label(),
                "default",
                known.flatMap(Setting::byDefault).orElse(null),
                "allowed",
                known.map(Setting::allowed).orElse(null),
                "meaning",
                one.doc());
    }

    private String inForce() {
        List<Settings.Effective> all = effective();
        String row =
                "%-" + width(all, ConfigCommand::name) + "s  %-" + width(all, ConfigCommand::shown) + "s  %-7s  %s\n";
        StringBuilder text = new StringBuilder();
        for (Settings.Effective one : all) {
            text.append(row.formatted(name(one), shown(one), one.source().label(), one.doc()));
        }
        return text.toString();
    }

    private static int width(List<Settings.Effective> all, Function<Settings.Effective, String> column) {
        return all.stream().map(column).mapToInt(String::length).max().orElse(1);
    }

    /** Those that are passed through can have any name. */
    private static String name(Settings.Effective one) {
        return Printable.of(one.name());
    }

    /** One line whatever the value: certificates have many. */
    private static String shown(Settings.Effective one) {
        return one.value()
                .map(text -> text.isEmpty() ? "\"\"" : Printable.of(text.replace("\n", "\\n")))
                .orElse("-");
    }
}

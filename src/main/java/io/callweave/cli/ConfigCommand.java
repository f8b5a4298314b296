package io.callweave.cli;

import io.callweave.settings.Settings;
import io.callweave.settings.SettingsTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
            "  callweave config --config callweave.properties"
        })
final class ConfigCommand implements Runnable {

    private final Map<String, String> environment;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(names = "--markdown", description = "Print the table of all settings for the documentation instead.")
    private boolean markdown;

    @Spec
    private @Nullable CommandSpec spec;

    ConfigCommand() {
        this(System.getenv());
    }

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("The command config runs on the command line only.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(markdown ? SettingsTable.markdown() : inForce());
        out.flush();
    }

    private String inForce() {
        List<Settings.Effective> all = settings.load(environment).effective();
        String row = "%-" + width(all, Settings.Effective::name) + "s  %-" + width(all, ConfigCommand::shown)
                + "s  %-7s  %s\n";
        StringBuilder text = new StringBuilder();
        for (Settings.Effective one : all) {
            text.append(row.formatted(one.name(), shown(one), one.source().label(), one.doc()));
        }
        return text.toString();
    }

    private static int width(List<Settings.Effective> all, Function<Settings.Effective, String> column) {
        return all.stream().map(column).mapToInt(String::length).max().orElse(1);
    }

    /** One line whatever the value: certificates have many. */
    private static String shown(Settings.Effective one) {
        return one.value()
                .map(text -> text.isEmpty() ? "\"\"" : text.replace("\n", "\\n"))
                .orElse("-");
    }
}

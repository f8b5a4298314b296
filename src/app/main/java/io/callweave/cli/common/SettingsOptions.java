package io.callweave.cli.common;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of every command that has settings: {@code @Mixin private SettingsOptions settings}, then {@link #load}.
 *
 * <p>The help shows two options, {@code --config} and {@code --set}, and the settings that matter most for the command. Each
 * known setting is also a flag of its own, {@code --completion-linger=5s}, made from its declaration. All of them would
 * be a hundred lines in each help; {@code callweave config} lists them. Kafka's own options need {@code --set}.
 */
public final class SettingsOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read settings from this file, in Java's properties format.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            completionCandidates = Assignments.class,
            description = {
                "Set one setting, such as --set completion.linger=10s; can be repeated.",
                "Each is also a flag of its own, such as --completion-linger=10s.",
                "\"${ROOT-COMMAND-NAME} config\" lists them."
            })
    private List<String> assignments = new ArrayList<>();

    private final Map<Setting<?>, OptionSpec> ownFlags = new LinkedHashMap<>();
    private final List<Setting<?>> main;

    /** @param main the settings that the help shows */
    public SettingsOptions(Setting<?>... main) {
        this.main = List.of(main);
    }

    /** The settings that the help of the command shows. */
    public List<Setting<?>> main() {
        return main;
    }

    @Spec(Spec.Target.MIXEE)
    void addFlagsTo(CommandSpec command) {
        if (!main.isEmpty()) {
            MainSettings.addTo(command, main);
        }
        for (Setting<?> setting : KnownSettings.all()) {
            OptionSpec flag = OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .paramLabel("VALUE")
                    .hidden(true)
                    .build();
            command.addOption(flag);
            ownFlags.put(setting, flag);
        }
    }

    /**
     * Lets completion know the flags of all settings, which the help does not show.
     *
     * @param command with all below it; its help is of no use from now on
     */
    public static void complete(CommandSpec command) {
        for (Setting<?> setting : KnownSettings.all()) {
            OptionSpec flag = command.findOption(setting.flag());
            if (flag != null) {
                command.remove(flag);
                command.addOption(OptionSpec.builder(setting.flag())
                        .type(String.class)
                        // Bash knows the words by this label.
                        .paramLabel(setting.variable())
                        .description(setting.doc().replace("%", "%%"))
                        .completionCandidates(setting.words().isEmpty() ? null : setting.words())
                        .build());
            }
        }
        command.subcommands().values().forEach(each -> complete(each.getCommandSpec()));
    }

    /** For completion. */
    static final class Assignments extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Assignments() {
            KnownSettings.all().forEach(setting -> add(setting.name() + "="));
        }
    }

    /**
     * All that is set, checked.
     *
     * @throws SettingsException if a setting is wrong, wherever it comes from
     */
    public Settings load(Map<String, String> environment) {
        return Settings.load(flags(assignments), environment, Optional.ofNullable(file));
    }

    /** The same without what --set says. */
    Settings loadWithoutSet(Map<String, String> environment) {
        return Settings.load(flags(List.of()), environment, Optional.ofNullable(file));
    }

    private Map<String, String> flags(List<String> assigned) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (String assignment : assigned) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                // Not quoted: it can hold a secret.
                throw new SettingsException("--set takes NAME=VALUE, such as --set completion.linger=10s.");
            }
            put(flags, assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
        }
        ownFlags.forEach((setting, flag) -> {
            String text = flag.getValue();
            if (text != null) {
                put(flags, setting.name(), text);
            }
        });
        return flags;
    }

    private void put(Map<String, String> flags, String name, String text) {
        if (flags.put(name, text) != null) {
            throw new SettingsException(name + " is given twice on the command line.");
        }
    }
}

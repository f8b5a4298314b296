package io.callweave.cli.common;

import io.callweave.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The section of a help with the settings that matter most for the command, as flags. */
final class MainSettings {

    private static final String SECTION = "mainSettings";

    private MainSettings() {}

    /** Adds the section below the options. */
    static void addTo(CommandSpec command, List<Setting<?>> settings) {
        UsageMessageSpec usage = command.usageMessage();
        List<String> sections = new ArrayList<>(usage.sectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST) + 1, SECTION);
        usage.sectionKeys(sections);
        usage.sectionMap().put(SECTION, help -> "%nMain settings, with defaults:%n".formatted() + list(help, settings));
    }

    private static String list(Help help, List<Setting<?>> settings) {
        CommandSpec listed = CommandSpec.create();
        listed.usageMessage().width(help.commandSpec().usageMessage().width()).sortOptions(false);
        for (Setting<?> setting : settings) {
            listed.addOption(OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .paramLabel("VALUE")
                    .description(sentence(setting).replace("%", "%%"))
                    .build());
        }
        return new WholeWords(listed, help.colorScheme()).optionList();
    }

    private static String sentence(Setting<?> setting) {
        return setting.doc()
                + setting.byDefault()
                        .filter(text -> !text.isEmpty())
                        .map(text -> " (" + text + ")")
                        .orElse("");
    }
}

package io.callweave.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.IHelpSectionRenderer;

/** The commands in the help, with a heading over those that are for one purpose. */
record CommandGroups(Map<String, List<String>> groups) implements IHelpSectionRenderer {

    private static final int INDENT = 2;

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        int width = help.commandSpec().usageMessage().width();
        int names = 2 * INDENT
                + help.subcommands().keySet().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
        groups.forEach((heading, commands) -> {
            Help.TextTable table = Help.TextTable.forColumns(
                    help.colorScheme(),
                    new Column(names, INDENT, Overflow.SPAN),
                    new Column(width - names, INDENT, Overflow.WRAP));
            for (String name : commands) {
                // A command that this installation does not have is hidden, and so is not here.
                Help command = help.subcommands().get(name);
                if (command != null) {
                    table.addRowValues(help.colorScheme().commandText(name), summary(help, command));
                }
            }
            if (table.rowCount() > 0) {
                text.append(System.lineSeparator()).append(heading).append(':').append(System.lineSeparator());
                text.append(table);
            }
        });
        return text.toString();
    }

    /** The first sentence: the second is for those who read on. */
    private static Help.Ansi.Text summary(Help help, Help command) {
        String[] description = command.commandSpec().usageMessage().description();
        String first = description.length == 0 ? "" : description[0].split("%n", 2)[0];
        return help.colorScheme().text(first);
    }
}

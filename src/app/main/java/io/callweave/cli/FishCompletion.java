package io.callweave.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The script with which fish completes commands and options; Picocli makes the one of bash only. */
final class FishCompletion {

    private final String name;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(String name) {
        this.name = name;
    }

    static String of(String name, CommandSpec root) {
        FishCompletion completion = new FishCompletion(name);
        completion
                .script
                .append("# fish completion of ")
                .append(name)
                .append("; callweave completion fish makes it.\n");
        completion.command(root, List.of());
        return completion.script.toString();
    }

    /** @param path the words that lead to the command */
    private void command(CommandSpec command, List<String> path) {
        List<CommandLine> subcommands = command.subcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
        String here = condition(path, subcommands);
        for (CommandLine subcommand : subcommands) {
            line(here, "-f -a " + subcommand.getCommandName(), description(subcommand.getCommandSpec()));
        }
        if (subcommands.isEmpty() && command.positionalParameters().stream().noneMatch(FishCompletion::isFile)) {
            String words = command.positionalParameters().stream()
                    .map(FishCompletion::candidates)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" "));
            line(here, words.isEmpty() ? "-f" : "-f -a '" + words + "'", "");
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                line(here, flags(option), first(option.description()));
            }
        }
        for (CommandLine subcommand : subcommands) {
            List<String> below = new ArrayList<>(path);
            below.add(subcommand.getCommandName());
            command(subcommand.getCommandSpec(), below);
        }
    }

    private void line(String condition, String what, String description) {
        script.append("complete -c ")
                .append(name)
                .append(" -n '")
                .append(condition)
                .append("' ")
                .append(what);
        if (!description.isEmpty()) {
            script.append(" -d '").append(quoted(description)).append('\'');
        }
        script.append('\n');
    }

    /** All words of the path were typed, and none of those that lead further. */
    private static String condition(List<String> path, List<CommandLine> subcommands) {
        if (path.isEmpty()) {
            return "__fish_use_subcommand";
        }
        String there =
                path.stream().map(word -> "__fish_seen_subcommand_from " + word).collect(Collectors.joining("; and "));
        String further = subcommands.stream().map(CommandLine::getCommandName).collect(Collectors.joining(" "));
        return further.isEmpty() ? there : there + "; and not __fish_seen_subcommand_from " + further;
    }

    private static String flags(OptionSpec option) {
        StringBuilder flags = new StringBuilder();
        for (String each : option.names()) {
            flags.append(each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1));
        }
        if (option.arity().max() > 0) {
            String candidates = candidates(option);
            flags.append(isFile(option) ? " -r -F" : " -x");
            flags.append(candidates.isEmpty() ? "" : " -a '" + candidates + "'");
        }
        return flags.substring(1);
    }

    private static String candidates(ArgSpec argument) {
        List<String> words = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(words::add);
        }
        return String.join(" ", words);
    }

    private static boolean isFile(ArgSpec argument) {
        Class<?> type = argument.type();
        return type == Path.class
                || type == File.class
                || List.of("FILE", "CSV", "OUT").contains(argument.paramLabel());
    }

    private static String description(CommandSpec command) {
        return first(command.usageMessage().description());
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : Ansi.OFF.string(lines[0].split("%n", 2)[0].replace("%%", "%"));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}

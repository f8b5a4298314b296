package io.callweave.cli.common;

import io.callweave.logging.PhoneNumbers;
import io.callweave.settings.value.Spelling;
import io.callweave.value.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells in a sentence what is wrong with a command line. Picocli's own handler prints the whole help, and for a misspelt
 * option it suggests only those that the help shows, which the flags of the settings are not.
 */
public final class WrongUsage {

    private static final Pattern COMMAND = Pattern.compile("(?<![\\w./-])callweave ([a-z]+)");

    private static final Pattern NOT_A_NUMBER = Pattern.compile(
            "^Invalid value for option '([^']+)'.*: '(.*)' is not an? (int|long|double)$", Pattern.DOTALL);

    private WrongUsage() {}

    /** A {@link CommandLine.IParameterExceptionHandler}. */
    public static int report(ParameterException wrong, String[] arguments) {
        CommandLine commandLine = wrong.getCommandLine();
        PrintWriter err = JsonLines.errorsOr(commandLine::getErr);
        Optional<String> command = unknownCommand(wrong);
        err.println("callweave: "
                + shown(
                        command.map(name -> "There is no command " + name + ".").orElseGet(() -> sentence(wrong)),
                        commandLine.getCommandSpec()));
        command.map(name -> meantCommand(name, wrong))
                .orElseGet(() -> meantOption(wrong))
                .ifPresent(meant -> err.println("Did you mean " + meant + "?"));
        err.println("\"" + commandLine.getCommandSpec().qualifiedName() + " --help\" shows what there is.");
        err.flush();
        return commandLine.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A sentence that names other commands, with this one as the user called it, such as ./callweave. */
    public static String asTyped(String sentence, CommandSpec spec) {
        CommandSpec root = spec.root();
        return COMMAND.matcher(sentence)
                .replaceAll(found -> root.subcommands().containsKey(found.group(1))
                        ? Matcher.quoteReplacement(root.name() + " " + found.group(1))
                        : Matcher.quoteReplacement(found.group()));
    }

    /**
     * The same of one that can have texts of others in it, such as an argument: they must not steer a terminal, and their phone
     * numbers go to no log.
     */
    public static String shown(String sentence, CommandSpec spec) {
        return Printable.of(PhoneNumbers.masked(asTyped(sentence, spec)));
    }

    /** Picocli's own words for these are no sentences. */
    private static String sentence(ParameterException wrong) {
        Optional<String> inWords = NOT_A_NUMBER
                .matcher(String.valueOf(wrong.getMessage()))
                .results()
                .map(found -> found.group(1) + " is \"" + found.group(2) + "\"; it must be a "
                        + (found.group(3).equals("double") ? "number." : "whole number that is not too large."))
                .findFirst();
        if (inWords.isPresent()) {
            return inWords.get();
        }
        if (wrong instanceof MissingParameterException missing
                && String.valueOf(wrong.getMessage()).startsWith("Missing required parameter for option")) {
            return missing.getMissing().stream().map(WrongUsage::nameOf).collect(Collectors.joining(" and "))
                    + " needs a value.";
        }
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().get(0);
            // What follows the name can be a secret.
            return first.startsWith("-")
                    ? wrong.getCommandLine().getCommandName() + " has no option " + first.split("=", 2)[0] + "."
                    : "\"" + first + "\" is one argument too many.";
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(WrongUsage::nameOf).collect(Collectors.joining(" and "))
                    + (missing.getMissing().size() == 1 ? " is missing." : " are missing.");
        }
        if (wrong instanceof OverwrittenOptionException twice) {
            return nameOf(twice.getOverwritten()) + " is given more than once; give it once.";
        }
        if (wrong instanceof MutuallyExclusiveArgsException) {
            return String.valueOf(wrong.getMessage())
                    .replaceFirst("^Error: ", "")
                    .replaceFirst("are mutually exclusive.*$", "exclude each other; give only one of them.");
        }
        return String.valueOf(wrong.getMessage());
    }

    private static String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** What a command throws that finds its own options wrong. */
    public static ParameterException of(CommandSpec spec, String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /**
     * What a command throws that finds a word wrong.
     *
     * @param option that has the word
     * @param words that it can have
     */
    public static ParameterException ofWord(CommandSpec spec, String option, String word, Collection<String> words) {
        return of(
                spec,
                option + " is \"" + word + "\"; it must be one of " + String.join(", ", words) + "."
                        + Spelling.question(word, words));
    }

    /** What is made of options; that it refuses them is wrong usage. */
    public static <T> T checked(CommandSpec spec, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw of(spec, String.valueOf(e.getMessage()));
        }
    }

    /** A word where only a command can stand. */
    private static Optional<String> unknownCommand(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || wrong.getCommandLine().getSubcommands().isEmpty()) {
            return Optional.empty();
        }
        return unmatched.getUnmatched().stream().findFirst().filter(argument -> !argument.startsWith("-"));
    }

    /** One of those that can stand here; else one of another place, as it must be typed. */
    private static Optional<String> meantCommand(String name, ParameterException wrong) {
        CommandLine here = wrong.getCommandLine();
        return Spelling.nearest(name, here.getSubcommands().keySet())
                .or(() -> elsewhere(name, here))
                .or(() -> elsewhere(name, here.getCommandSpec().root().commandLine()));
    }

    private static Optional<String> elsewhere(String name, CommandLine from) {
        Map<String, List<String>> byName = new TreeMap<>();
        addBelow(from, byName);
        return Spelling.nearest(name, byName.keySet())
                .map(near -> String.join(" or ", Objects.requireNonNull(byName.get(near))));
    }

    private static void addBelow(CommandLine command, Map<String, List<String>> byName) {
        command.getSubcommands().forEach((name, each) -> {
            if (!each.getCommandSpec().usageMessage().hidden()) {
                byName.computeIfAbsent(name, first -> new ArrayList<>())
                        .add(each.getCommandSpec().qualifiedName());
                addBelow(each, byName);
            }
        });
    }

    private static Optional<String> meantOption(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        return unmatched.getUnmatched().stream()
                .filter(argument -> argument.startsWith("--"))
                .findFirst()
                .map(argument -> argument.split("=", 2)[0])
                .flatMap(option -> Spelling.nearest(
                                option,
                                wrong.getCommandLine()
                                        .getCommandSpec()
                                        .optionsMap()
                                        .keySet())
                        .or(() -> optionOfCommand(option, wrong.getCommandLine())));
    }

    /** An option that only the commands below this one have, so it must come after one of them. */
    private static Optional<String> optionOfCommand(String option, CommandLine here) {
        return here.getSubcommands().values().stream()
                .filter(each -> each.getCommandSpec().optionsMap().containsKey(option))
                .findFirst()
                .map(each -> here.getCommandSpec().qualifiedName() + " COMMAND " + option);
    }
}

package io.callweave.cli;

import io.callweave.settings.Spelling;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells in a sentence what is wrong with a command line. Picocli's own handler prints the whole help, and for a misspelt
 * option it suggests only those that the help shows, which the flags of the settings are not.
 */
final class WrongUsage {

    private WrongUsage() {}

    /** A {@link CommandLine.IParameterExceptionHandler}. */
    static int report(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("callweave: " + wrong.getMessage());
        meant(wrong).ifPresent(option -> err.println("Did you mean " + option + "?"));
        err.println("\"" + command.getCommandSpec().qualifiedName() + " --help\" shows what there is.");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static Optional<String> meant(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        return unmatched.getUnmatched().stream()
                .filter(argument -> argument.startsWith("--"))
                .findFirst()
                .map(argument -> argument.split("=", 2)[0])
                .flatMap(option -> Spelling.nearest(
                        option,
                        wrong.getCommandLine().getCommandSpec().optionsMap().keySet()));
    }
}

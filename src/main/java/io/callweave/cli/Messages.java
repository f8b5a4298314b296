package io.callweave.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What is said to people, and so goes to stderr. */
final class Messages {

    private Messages() {}

    static PrintWriter to(@Nullable CommandSpec spec) {
        PrintWriter err = spec == null
                ? new PrintWriter(System.err, true)
                : spec.commandLine().getErr();
        return new PrintWriter(err, true);
    }
}

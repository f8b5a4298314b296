package io.callweave.cli.common;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What is said to people, and so goes to stderr; and data, which goes to stdout. */
public final class Messages {

    private Messages() {}

    /** Data that people read: stdout. */
    public static PrintWriter out(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("Commands run on the command line only.");
        }
        return spec.commandLine().getOut();
    }

    public static PrintWriter to(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("Commands run on the command line only.");
        }
        return new PrintWriter(spec.commandLine().getErr(), true);
    }

    public static DataLines dataTo(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("Commands run on the command line only.");
        }
        return new DataLines(spec.commandLine().getOut());
    }

    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

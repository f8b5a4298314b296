package io.callweave.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What is said to people, and so goes to stderr; and data, which goes to stdout. */
final class Messages {

    private Messages() {}

    /** Data that people read: stdout. */
    static PrintWriter out(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("Commands run on the command line only.");
        }
        return spec.commandLine().getOut();
    }

    static PrintWriter to(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("Commands run on the command line only.");
        }
        return new PrintWriter(spec.commandLine().getErr(), true);
    }

    static DataLines dataTo(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("Commands run on the command line only.");
        }
        return new DataLines(spec.commandLine().getOut());
    }
}

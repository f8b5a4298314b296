package io.callweave.cli.common;

import io.callweave.value.Printable;
import java.io.PrintWriter;
import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;

/** What is said to people, and so goes to stderr; and data, which goes to stdout. */
public final class Messages {

    private Messages() {}

    /** Data that people read: stdout. */
    public static PrintWriter out(CommandSpec spec) {
        return spec.commandLine().getOut();
    }

    /** Sentences: stderr. Commands in them are named as the user called this one, such as ./callweave. */
    public static PrintWriter to(CommandSpec spec) {
        return new PrintWriter(spec.commandLine().getErr(), true) {

            @Override
            public void write(String text, int begin, int length) {
                String typed = seen(WrongUsage.asTyped(text.substring(begin, begin + length), spec));
                super.write(typed, 0, typed.length());
            }
        };
    }

    /** Texts of others, such as names in a file, steer no terminal and begin no line; our own line of progress may. */
    private static String seen(String text) {
        boolean progress = text.startsWith(ProgressLine.CLEAR_LINE);
        String rest = progress ? text.substring(ProgressLine.CLEAR_LINE.length()) : text;
        String end = rest.endsWith("\n") ? "\n" : "";
        return (progress ? ProgressLine.CLEAR_LINE : "")
                + Printable.of(rest.substring(0, rest.length() - end.length()))
                + end;
    }

    /** Sentences that are data: stdout, with commands named as in {@link #to}. */
    public static void sentences(CommandSpec spec, Collection<String> sentences) {
        dataTo(spec)
                .lines(sentences.stream()
                        .map(sentence -> WrongUsage.asTyped(sentence, spec))
                        .toList());
    }

    public static DataLines dataTo(CommandSpec spec) {
        return new DataLines(spec.commandLine().getOut());
    }

    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

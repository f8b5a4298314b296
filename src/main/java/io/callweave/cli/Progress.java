package io.callweave.cli;

import java.io.PrintWriter;

/** One line on a terminal that tells what is going on, and is gone in the end. Nothing where there is no terminal. */
final class Progress {

    private static final int EVERY = 1_000;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean shown;
    private long count;

    private Progress(PrintWriter out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /** Only the launcher can tell whether stderr is a terminal. */
    static Progress to(PrintWriter messages) {
        return new Progress(messages, Boolean.getBoolean("callweave.terminal"));
    }

    boolean isShown() {
        return shown;
    }

    void say(String what) {
        if (shown) {
            out.print(CLEAR_LINE + what + " …");
            out.flush();
        }
    }

    void count(String what) {
        count++;
        if (count % EVERY == 0) {
            say(count + " " + what);
        }
    }

    void clear() {
        if (shown) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}

package io.callweave.cli.common;

import java.io.PrintWriter;

/** One line on a terminal that tells what is going on, and is gone in the end. Nothing where there is no terminal. */
public final class ProgressLine {

    private static final int EVERY = 1_000;
    private static final int BAR_WIDTH = 30;
    private static final int PERCENT = 100;
    private static final long BETWEEN_BARS_NS = 100_000_000;
    static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean shown;
    private long count;
    private long barNanos = System.nanoTime();

    private ProgressLine(PrintWriter out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /** Only the launcher can tell whether stderr is a terminal. */
    public static ProgressLine to(PrintWriter messages) {
        return new ProgressLine(messages, Boolean.getBoolean("callweave.terminal") && !JsonLines.areOn());
    }

    public boolean isShown() {
        return shown;
    }

    public void say(String what) {
        if (shown) {
            out.print(CLEAR_LINE + what + " …");
            out.flush();
        }
    }

    /**
     * A bar, not more often than people can read it.
     *
     * @param done of the total; 0 of 0 where nobody knows how much there is
     */
    public void bar(long done, long total, String what) {
        if (!shown || System.nanoTime() - barNanos < BETWEEN_BARS_NS) {
            return;
        }
        barNanos = System.nanoTime();
        if (total <= 0) {
            say(what);
            return;
        }
        double share = Math.min(1, (double) done / total);
        int full = (int) (share * BAR_WIDTH);
        out.print(CLEAR_LINE + "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] "
                + Math.round(share * PERCENT) + " %, " + what);
        out.flush();
    }

    public void count(String what) {
        count++;
        if (count % EVERY == 0) {
            say(count + " " + what);
        }
    }

    public void clear() {
        if (shown) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}

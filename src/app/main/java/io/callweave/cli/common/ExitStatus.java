package io.callweave.cli.common;

/** How a command ends, as the shell sees it. */
public final class ExitStatus {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    private ExitStatus() {}

    /** Of what was done, or failed. */
    public static int of(boolean done) {
        return done ? DONE : FAILED;
    }
}

package io.callweave.local;

import java.io.IOException;

/** Signals to other processes of a test. */
public final class Signals {

    private Signals() {}

    /** Returns when the signal was sent. */
    public static void send(String signal, Process process) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + signal + " ended with " + status);
        }
    }
}

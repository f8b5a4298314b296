package io.callweave.local;

import java.io.IOException;

/** Signals to other processes of a test. */
public final class Signals {

    private Signals() {}

    /** Returns when the signal was sent. */
    public static void send(String signal, Process process) throws IOException, InterruptedException {
        send(signal, process.pid());
    }

    /** To a process that this one did not start. Every shell has kill; as a program of its own, Debian may not have it. */
    public static void send(String signal, long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid)
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -s " + signal + " ended with " + status);
        }
    }
}

package io.callweave.cli.common;

import java.io.PrintWriter;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Says something when a command has waited for so long that people ask themselves whether it still runs. */
public final class Waiting implements AutoCloseable {

    private static final long SILENCE_S = 3;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Waiting::daemon);

    private final PrintWriter messages;

    public Waiting(PrintWriter messages) {
        this.messages = messages;
    }

    /** Says it in a few seconds, unless this is closed before. */
    public void thenSay(String sentence) {
        var unused = timer.schedule(() -> messages.println(sentence), SILENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "waiting");
        thread.setDaemon(true);
        return thread;
    }
}

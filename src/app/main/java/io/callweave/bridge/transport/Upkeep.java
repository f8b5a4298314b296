package io.callweave.bridge.transport;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done from time to time, on a thread of its own. */
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final String name;
    private final ScheduledExecutorService executor;

    /** @param name of the thread */
    public Upkeep(String name) {
        this.name = name;
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    public void every(long ms, Runnable task) {
        var unused = executor.scheduleWithFixedDelay(() -> tryTo(task), ms, ms, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** One that fails once is done again the next time; an executor would give it up. */
    private void tryTo(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError()
                    .setMessage("A regular task of the bridge failed; it is tried again.")
                    .addKeyValue("task", name)
                    .setCause(e)
                    .log();
        }
    }
}

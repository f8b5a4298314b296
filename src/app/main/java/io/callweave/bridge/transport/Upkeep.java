package io.callweave.bridge.transport;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done from time to time, on one thread. */
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bridge-upkeep");
        thread.setDaemon(true);
        return thread;
    });

    Upkeep() {}

    public void every(long ms, Runnable task) {
        var unused = executor.scheduleWithFixedDelay(() -> tryTo(task), ms, ms, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** One that fails once is done again the next time; an executor would give it up. */
    private static void tryTo(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the bridge's upkeep failed.", e);
        }
    }
}

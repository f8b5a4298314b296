package io.callweave.operations;

import io.callweave.topology.PhoneNumbers;
import io.callweave.topology.TopologyMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Replaces a stream thread that failed: most failures are of the network or the brokers, and are over soon. One that comes
 * again and again is not, and then somebody has to look.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    static final int MOST = 5;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    private final TopologyMetrics metrics;
    private final LongSupplier nanoTime;
    private final Deque<Long> replacements = new ArrayDeque<>();

    ThreadReplacement(TopologyMetrics metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        metrics.threadFailed();
        long now = nanoTime.getAsLong();
        while (!replacements.isEmpty() && now - replacements.peek() > WINDOW.toNanos()) {
            replacements.remove();
        }
        boolean replace = replacements.size() < MOST && canPass(failure) && !isGlobal(Thread.currentThread());
        if (replace) {
            replacements.add(now);
        }
        log(failure, replace);
        return replace ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** A topic that is gone does not come back by itself, and the next start says which it is. */
    private static boolean canPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSourceTopicException) {
                return false;
            }
        }
        return true;
    }

    /** Kafka Streams cannot replace the one that reads the directory, and fails when it is asked to. */
    private static boolean isGlobal(Thread thread) {
        return thread.getName().endsWith("-GlobalStreamThread");
    }

    private void log(Throwable failure, boolean replace) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.atLevel(Level.ERROR)
                .setMessage(
                        replace
                                ? "A stream thread failed and is replaced."
                                : "A stream thread failed, once too often or for good: this instance stops.")
                .addKeyValue("thread", Thread.currentThread().getName())
                .addKeyValue("replacements", replacements.size())
                .addKeyValue("failure", PhoneNumbers.masked(root.toString()))
                .addKeyValue("stackTrace", PhoneNumbers.masked(stackTrace(failure)))
                .log();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}

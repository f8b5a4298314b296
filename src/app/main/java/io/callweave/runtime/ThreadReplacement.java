package io.callweave.runtime;

import io.callweave.topics.Unauthorized;
import io.callweave.topology.state.OtherFormatException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TopologyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Replaces a stream thread that failed: most failures are of the network or the brokers, and are over soon. One that comes
 * again and again is not, and then somebody has to look.
 */
public final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    static final int MOST = 5;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final String OTHER_TOPOLOGY = "Another instance with its application.id has another topology,"
            + " probably by another bridge.partition-by. Stop all of them, and start them with the same one; nothing is lost.";

    private static final String NO_TOPIC = "A topic that it reads is gone: \"callweave topics check\" names it.";

    private static final String NO_LOGIN = "A broker does not let this instance in. Check kafka.sasl.jaas.config,"
            + " kafka.security.protocol and kafka.ssl.*, and whether the user is on the cluster.";

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    private final Runnable failed;
    private final LongSupplier nanoTime;
    private final UnaryOperator<String> permissions;
    private final Deque<Long> replacements = new ArrayDeque<>();

    /**
     * For one application.
     *
     * @param failed hears of each failure
     */
    public ThreadReplacement(Runnable failed, LongSupplier nanoTime) {
        this(failed, nanoTime, known -> known);
    }

    /** @param permissions turns a sentence about a lacking permission into one that knows more, if it can */
    ThreadReplacement(Runnable failed, LongSupplier nanoTime, UnaryOperator<String> permissions) {
        this.failed = failed;
        this.nanoTime = nanoTime;
        this.permissions = permissions;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        failed.run();
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

    /**
     * A topic that is gone, or a permission, does not come back by itself, and the next start says which it is. Nor does another
     * instance change its topology.
     */
    private static boolean canPass(Throwable failure) {
        return !Unauthorized.is(failure)
                && find(failure, MissingSourceTopicException.class).isEmpty()
                && !isOfAnotherTopology(failure)
                && find(failure, OtherFormatException.class).isEmpty();
    }

    /** Kafka Streams says so of a task that it cannot make, and the stage of one that it should not. */
    private static boolean isOfAnotherTopology(Throwable failure) {
        return find(failure, TopologyException.class)
                .filter(thrown -> String.valueOf(thrown.getMessage()).contains("unknown to the topology"))
                .isPresent();
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
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
        Optional<String> known = known(failure);
        LoggingEventBuilder line = LOG.atLevel(Level.ERROR)
                .setMessage(message(known, replace))
                .addKeyValue("thread", Thread.currentThread().getName())
                .addKeyValue("replacements", replacements.size())
                .addKeyValue("failure", root.toString());
        if (known.isEmpty()) {
            line = line.addKeyValue("stackTrace", stackTrace(failure));
        }
        line.log();
    }

    private static String message(Optional<String> known, boolean replace) {
        if (replace) {
            return "A stream thread failed and is replaced."
                    + known.map(sentence -> " " + sentence).orElse("");
        }
        return known.map(sentence -> "A stream thread failed and cannot be replaced: this instance stops. " + sentence)
                .orElse("A stream thread failed too often, or cannot be replaced: this instance stops.");
    }

    /** What it is, and what to do, for those that need no stack trace. */
    private Optional<String> known(Throwable failure) {
        // Kafka Streams wraps it without the topic where a transaction ends, and names the topic where it is written.
        return Unauthorized.sentence(failure, AclOperation.READ, "that it names")
                .map(permissions)
                .or(() -> find(failure, OtherFormatException.class).map(Throwable::getMessage))
                .or(() -> isOfAnotherTopology(failure) ? Optional.of(OTHER_TOPOLOGY) : Optional.empty())
                .or(() -> find(failure, MissingSourceTopicException.class).map(missing -> NO_TOPIC))
                .or(() -> find(failure, AuthenticationException.class).map(refused -> NO_LOGIN));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}

package io.callweave.runtime.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local state of tasks that nobody has used for long. Kafka Streams reads from the changelog only what has come since, and
 * Kafka keeps a deletion there for a day (delete.retention.ms): what was deleted meanwhile would be there again, and calls that
 * are over would be emitted once more. So it is restored as a whole.
 */
final class UnusedState {

    /** Less than a day, because a restore takes time. */
    private static final Duration MOST = Duration.ofHours(20);

    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");
    private static final Logger LOG = LoggerFactory.getLogger(UnusedState.class);

    private UnusedState() {}

    /**
     * Deletes it.
     *
     * @param folder of the application, which no process uses
     * @throws IOException if a file cannot be looked at or deleted
     */
    static void delete(Path folder, Instant now) throws IOException {
        List<Path> tasks;
        try (Stream<Path> all = Files.list(folder)) {
            tasks = all.filter(
                            path -> TASK.matcher(path.getFileName().toString()).matches())
                    .toList();
        }
        int deleted = 0;
        for (Path task : tasks) {
            if (lastUse(task).isBefore(now.minus(MOST))) {
                Utils.delete(task.toFile());
                deleted++;
            }
        }
        if (deleted > 0) {
            LOG.atInfo()
                    .setMessage("The local state of some tasks was not used for long. It is restored from Kafka.")
                    .addKeyValue("tasks", deleted)
                    .addKeyValue("longerThan", MOST)
                    .log();
        }
    }

    /** A store that is closed writes how far it was. Tasks without files have no state. */
    private static Instant lastUse(Path task) throws IOException {
        try (Stream<Path> files = Files.walk(task)) {
            return files.filter(Files::isRegularFile)
                    .map(UnusedState::modified)
                    .max(Instant::compareTo)
                    .orElse(Instant.MAX);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MIN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.callweave.topology.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How old the local state of a store may be. Kafka Streams reads from a changelog only what came after the offset on disk, and
 * Kafka drops a deletion from there once {@code delete.retention.ms} is over: from an older offset, calls that are over would
 * come back, and be emitted again. So state that may be that old is restored as a whole.
 *
 * <p>What is on disk was complete at the last commit of a task that worked: Kafka had just accepted its transaction. The time of
 * a file beside the store says when that was. A task that still reads its changelog commits, too, and proves nothing: killed
 * before it is through, it would make old state young. One that begins to read an empty store sees every deletion of what it
 * reads. Kafka's own limit ({@code state.cleanup.dir.max.age.ms}, KIP-1259) looks at the
 * time of the task's folder. That is set only when a task is closed: after a kill it is too old, and after a task was taken away
 * from a process that slept it is too new.
 */
public final class StateAge {

    /** Under this name the stores find the longest age, a {@link Duration}, among the options of Kafka Streams. */
    private static final String OPTION = "callweave.state.max-age";

    /** Less than {@code delete.retention.ms}, because a restore takes time, too. */
    private static final double SHARE = 20 / 24.0;

    private static final Duration BY_DEFAULT = limit(Duration.ofDays(1));

    /** A commit writes the time only if it is off by more than this part of the limit. */
    private static final int PRECISION = 100;

    /** A standby works on nothing; after this part of the limit, it has read what it lacked at its start. */
    private static final int CATCHES_UP_IN = 20;

    private final Path file;
    private final Duration limit;
    private final Instant opened;
    private Instant written = Instant.MIN;

    private StateAge(Path file, Duration limit, Instant opened) {
        this.file = file;
        this.limit = limit;
        this.opened = opened;
    }

    /**
     * The option with which stores are restored as a whole in time.
     *
     * @param deleteRetention the shortest {@code delete.retention.ms} of the changelogs
     */
    public static Map<String, Object> option(Duration deleteRetention) {
        return Map.of(OPTION, limit(deleteRetention));
    }

    private static Duration limit(Duration deleteRetention) {
        return Duration.ofMillis((long) (SHARE * deleteRetention.toMillis()));
    }

    /**
     * That of a store that is opened now.
     *
     * @param store its folder
     * @param options of Kafka Streams
     */
    static StateAge of(Path store, Map<String, Object> options, Instant now) {
        Path file = store.resolveSibling(store.getFileName() + ".complete-at");
        return new StateAge(file, (Duration) options.getOrDefault(OPTION, BY_DEFAULT), now);
    }

    /** Whether what is on disk may lack deletions that its changelog no longer has. */
    boolean isTooOld(Instant now) {
        try {
            return !Files.exists(file)
                    || Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(limit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The store is empty, and is read from the beginning. */
    void empty(Instant now) {
        written = Instant.MIN;
        complete(now);
    }

    /** @param works whether its task has written to it, and so has read all of its changelog */
    void committed(boolean works, Instant now) {
        if (works || !now.isBefore(opened.plus(limit.dividedBy(CATCHES_UP_IN)))) {
            complete(now);
        }
    }

    private void complete(Instant now) {
        if (now.isBefore(written.plus(limit.dividedBy(PRECISION)))) {
            return;
        }
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.resolveSibling(""));
                Files.createFile(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written = now;
    }

    @Override
    public String toString() {
        return limit.toString();
    }
}

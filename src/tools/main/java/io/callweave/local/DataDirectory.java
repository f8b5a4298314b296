package io.callweave.local;

import io.callweave.files.FileFault;
import io.callweave.files.LocalException;
import io.callweave.files.LockFile;
import io.callweave.files.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The data directory of an embedded broker, locked against a second user and formatted. It is checked before Kafka sees
 * it, because Kafka ends the process when a log directory cannot be used.
 */
final class DataDirectory implements AutoCloseable {

    /** Fixed, so that every later run takes a directory for its own. Base64 of 16 bytes, as Kafka wants it. */
    private static final String CLUSTER_ID = "Q2FsbHdlYXZlTG9jYWwhIQ";

    private static final String LOCK_FILE = ".callweave.lock";
    private static final String META_PROPERTIES = "meta.properties";

    /** A broker that stops leaves it, and one that starts deletes it. */
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

    private final Path path;
    private final LockFile lock;
    private final boolean afterCrash;

    private DataDirectory(Path path, LockFile lock) {
        this.path = path;
        this.lock = lock;
        this.afterCrash = Files.exists(path.resolve(META_PROPERTIES)) && !Files.exists(path.resolve(CLEAN_SHUTDOWN));
    }

    /**
     * Creates the directory if it is missing, takes its lock and formats it if it is new.
     *
     * @throws LocalException if the directory cannot be used or is in use
     */
    static DataDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        DataDirectory opened = new DataDirectory(path, lock(path));
        try {
            opened.refuseForeignContent();
            opened.format();
            return opened;
        } catch (LocalException e) {
            opened.close();
            throw e;
        } catch (Exception e) { // what Formatter#run declares
            opened.close();
            throw unusable(path, e);
        }
    }

    Path path() {
        return path;
    }

    /** Whether the broker before did not stop in order. */
    boolean isAfterCrash() {
        return afterCrash;
    }

    /** Whose directory it is, as the broker wants to know it. */
    MetaPropertiesEnsemble metaProperties() throws IOException {
        return new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(path.toString()))
                .addMetadataLogDir(path.toString())
                .load();
    }

    /** What a new cluster begins with. */
    BootstrapMetadata bootstrapMetadata() throws Exception {
        return BootstrapMetadata.fromDirectory(path);
    }

    /** Lets go of the lock; the data stays. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static LockFile lock(Path path) {
        try {
            PrivateFiles.folder(path);
            LockFile lock = LockFile.take(path.resolve(LOCK_FILE));
            if (lock == null) {
                throw new LocalException("The data directory " + path + " is in use by another Callweave; "
                        + "stop that one or name another directory.");
            }
            return lock;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Kafka fails on directories it does not know, and nobody wants its files among their own. */
    private void refuseForeignContent() throws IOException {
        if (Files.exists(path.resolve(META_PROPERTIES))) {
            return;
        }
        try (Stream<Path> content = Files.list(path)) {
            if (content.anyMatch(file -> !file.endsWith(LOCK_FILE))) {
                throw new LocalException("The data directory " + path
                        + " contains files of other programs; name an empty or a new directory.");
            }
        }
    }

    private void format() throws Exception {
        new Formatter()
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(CLUSTER_ID)
                .addDirectory(path.toString())
                .setMetadataLogDirectory(path.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static LocalException unusable(Path path, Exception cause) {
        String reason;
        if (cause instanceof AccessDeniedException) {
            reason = "access is denied";
        } else if (Files.exists(path) && !Files.isDirectory(path)) {
            reason = "it is not a directory";
        } else {
            reason = cause instanceof IOException failure
                    ? FileFault.folder(failure)
                    : String.valueOf(cause.getMessage());
        }
        return new LocalException("The data directory " + path + " cannot be used: " + reason + ".", cause);
    }
}

package io.callweave.runtime.startup;

import io.callweave.files.FileFault;
import io.callweave.files.LockFile;
import io.callweave.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** Looks whether the folder of the local state can be used, before Kafka Streams says so in its own words. */
public final class StateFolder {

    /** The file that Kafka Streams locks in the folder of an application. */
    private static final String LOCK = ".lock";

    private StateFolder() {}

    /**
     * Makes the folder if it is not there.
     *
     * @throws OperationsException if it cannot be made or written to, or another process uses it; one sentence with what to do
     */
    public static void check(Path stateDir, String applicationId) {
        Path folder = stateDir.resolve(applicationId);
        try {
            PrivateFiles.close(folder);
            if (!Files.isWritable(folder)) {
                throw new AccessDeniedException(folder.toString());
            }
            if (isLocked(folder.resolve(LOCK))) {
                throw new OperationsException("state.dir is " + stateDir
                        + ", which another process with the same application.id (" + applicationId
                        + ") uses; stop that process, or give each instance a state.dir of its own.");
            }
        } catch (IOException e) {
            throw new OperationsException(
                    "state.dir is " + stateDir + ", where nothing can be written: " + FileFault.folder(e)
                            + "; set it to a folder that this user may write to.",
                    e);
        }
    }

    /** Keeps others out of the state; Kafka Streams, when it is made, lets the group in. */
    public static KafkaStreams keepClosed(Path stateDir, String applicationId, Supplier<KafkaStreams> making) {
        try {
            KafkaStreams made = PrivateFiles.keepClosed(stateDir, making);
            PrivateFiles.close(stateDir.resolve(applicationId));
            return made;
        } catch (IOException e) {
            throw new OperationsException(
                    "state.dir is " + stateDir + ", whose permissions cannot be changed: " + FileFault.folder(e) + ".",
                    e);
        }
    }

    private static boolean isLocked(Path file) throws IOException {
        LockFile lock = LockFile.take(file);
        if (lock != null) {
            lock.close();
        }
        return lock == null;
    }
}

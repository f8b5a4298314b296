package io.callweave.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.files.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file that remembers a replay. It is there whole or not at all. */
public final class ReplayStateFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public ReplayStateFile(Path file) {
        this.file = file;
    }

    /**
     * Reads it; nothing if there is none.
     *
     * @throws LocalException if it is not one of these files
     */
    public Optional<ReplayState> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), ReplayState.class));
        } catch (JsonProcessingException e) {
            throw new LocalException(
                    "The file " + file + " is not what a replay wrote; name another one with --resume, or delete it.",
                    e);
        } catch (IOException e) {
            throw new LocalException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Writes the file again.
     *
     * @throws LocalException if it cannot be written
     */
    public void write(ReplayState state) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.write(next, JSON.writeValueAsBytes(state));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LocalException("The file " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}

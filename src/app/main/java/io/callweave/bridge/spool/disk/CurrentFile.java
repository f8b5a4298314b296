package io.callweave.bridge.spool.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * RocksDB's file {@code CURRENT}: one line with the name of the manifest, which lists all other files. Without it RocksDB
 * finds nothing, although all records may be there.
 */
final class CurrentFile {

    private static final String NAME = "CURRENT";
    private static final Pattern MANIFEST = Pattern.compile("MANIFEST-\\d+");

    private final Path store;

    CurrentFile(Path store) {
        this.store = store;
    }

    /**
     * The manifests that this file could have named, the newest first.
     *
     * @return nothing if the file is sound, or if there is no manifest
     */
    List<String> candidates() throws IOException {
        if (namesAManifest()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(store)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> MANIFEST.matcher(name).matches())
                    .sorted(Comparator.comparingLong(CurrentFile::number).reversed())
                    .toList();
        }
    }

    /** Names this manifest; the bytes are on the disk itself before they are in force. */
    void point(String manifest) throws IOException {
        Path written = store.resolve(NAME + ".mended");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(StandardCharsets.US_ASCII.encode(manifest + "\n"));
            channel.force(true);
        }
        Files.move(written, store.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean namesAManifest() throws IOException {
        Path file = store.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        // One character for each byte: whatever stands there can be decoded.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String name = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return MANIFEST.matcher(name).matches() && Files.isRegularFile(store.resolve(name));
    }

    private static long number(String manifest) {
        return Long.parseLong(manifest.substring(manifest.indexOf('-') + 1));
    }
}

package io.callweave.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Folders and files with data of callers, which only their owner may read; reports and exports are for others. A library that
 * makes files itself, such as RocksDB, makes them in such a folder.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?>[] NOTHING = {};

    private PrivateFiles() {}

    /** Makes a folder, and those that it is in, where they are missing; one that is there stays as somebody made it. */
    public static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /** The same of a folder that is ours alone, but perhaps made or opened by a library. */
    public static void close(Path folder) throws IOException {
        folder(folder);
        if (hasModes(folder)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    /** Makes something that may let others into a folder, which stays as closed as it was. */
    public static <T> T keepClosed(Path folder, Supplier<T> making) throws IOException {
        if (!hasModes(folder)) {
            return making.get();
        }
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
        T made = making.get();
        Set<PosixFilePermission> after = Files.getPosixFilePermissions(folder);
        if (after.retainAll(before)) {
            Files.setPosixFilePermissions(folder, after);
        }
        return made;
    }

    /** Makes an empty file where there is none. */
    public static Path file(Path file) throws IOException {
        try {
            return Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException e) {
            return file;
        }
    }

    /**
     * Whether anybody on this machine may read a file, or one in a folder: Kubernetes mounts closed files in open folders. False
     * where files have no modes, and if there is none.
     */
    public static boolean isOpen(Path path) {
        if (!hasModes(path)) {
            return false;
        }
        try {
            if (!Files.isDirectory(path)) {
                return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
            }
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
            try (Stream<Path> files = Files.list(path)) {
                return files.anyMatch(file -> Files.isRegularFile(file) && isOpen(file));
            }
        } catch (IOException e) {
            return false; // the code that reads the file reports this
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return hasModes(path) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)} : NOTHING;
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}

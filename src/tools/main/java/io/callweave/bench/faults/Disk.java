package io.callweave.bench.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A disk of its own for a folder, which can be full or slow. Only root can mount one. */
final class Disk implements AutoCloseable {

    /** Of these, nothing can be written for the first; the rest is enough for some writes. */
    private static final Duration STUCK = Duration.ofMillis(400);

    private static final Duration FREE = Duration.ofMillis(100);

    private final Path folder;

    private Disk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one; null where that is not possible. */
    static @Nullable Disk mount(Path folder, long bytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path image = folder.resolveSibling(folder.getFileName() + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        boolean mounted = run("mkfs.ext4", "-q", "-F", "-O", "^has_journal", image.toString())
                && run("mount", "-o", "loop", image.toString(), folder.toString());
        if (!mounted) {
            Files.delete(image);
            return null;
        }
        return new Disk(folder);
    }

    /** Leaves no room for the time. */
    void fill(Duration length) throws IOException, InterruptedException {
        Path filler = folder.resolve("filler");
        byte[] some = new byte[1 << 12];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            // As it is meant to be.
        }
        Thread.sleep(length.toMillis());
        Files.delete(filler);
    }

    /** Lets most writes wait for the time. */
    void slow(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            run("fsfreeze", "--freeze", folder.toString());
            try {
                Thread.sleep(STUCK.toMillis());
            } finally {
                run("fsfreeze", "--unfreeze", folder.toString());
            }
            Thread.sleep(FREE.toMillis());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notHere) {
            return false;
        }
    }

    /** What is on it stays in the image beside the folder. */
    @Override
    public void close() {
        try {
            run("fsfreeze", "--unfreeze", folder.toString());
            run("umount", "--lazy", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

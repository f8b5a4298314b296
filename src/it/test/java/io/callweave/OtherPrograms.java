package io.callweave;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs that some tests need beside Java, such as Node: a test without them is skipped, but fails in CI. */
public final class OtherPrograms {

    private static final boolean REQUIRED = Boolean.getBoolean("callweave.ci");
    private static final String LOG = "npm.log";

    private OtherPrograms() {}

    /**
     * Ends the running test, since something is not on this machine.
     *
     * @param what the second half of a sentence
     * @return never; a caller can throw it
     */
    public static RuntimeException missing(String test, String what) {
        if (REQUIRED) {
            throw new IllegalStateException(test + " is required here, but " + what);
        }
        SkippedTests.tell(test + " skipped: " + what);
        return Assumptions.abort(what);
    }

    /** Whether this command can be started and ends with status 0. */
    public static boolean succeeds(List<String> command) throws InterruptedException {
        return succeeds(Path.of("."), new File("/dev/null"), command);
    }

    /**
     * Copies these files, {@code package.json} and {@code package-lock.json} to a folder and installs their packages there. Without
     * Node, npm or a registry the test is skipped.
     */
    public static void installNode(String test, Path sources, Path folder, String... files)
            throws IOException, InterruptedException {
        for (String program : List.of("node", "npm")) {
            if (!succeeds(List.of(program, "--version"))) {
                missing(test, "there is no " + program + ".");
            }
        }
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "package-lock.json")) {
            copy(sources, folder, file);
        }
        for (String file : files) {
            copy(sources, folder, file);
        }
        // A registry that cannot be reached must not hold up the build for long.
        List<String> install = List.of(
                "npm",
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--fetch-retries=1",
                "--fetch-timeout=60000");
        if (!succeeds(folder, folder.resolve(LOG).toFile(), install)) {
            missing(test, "npm cannot install its packages; " + folder.resolve(LOG) + " says why.");
        }
    }

    private static void copy(Path sources, Path folder, String file) throws IOException {
        Files.copy(sources.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean succeeds(Path folder, File log, List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

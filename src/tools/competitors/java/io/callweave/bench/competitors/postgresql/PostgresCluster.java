package io.callweave.bench.competitors.postgresql;

import io.callweave.files.LocalException;
import io.callweave.files.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A PostgreSQL of its own in a temporary directory, configured as {@code initdb} leaves it: with fsync, each commit
 * waits for the disk. It listens on loopback only, with a password that nobody knows.
 */
public final class PostgresCluster implements AutoCloseable {

    private static final String USER = "callweave";
    private static final int PASSWORD_BYTES = 16;

    /** PostgreSQL refuses to run as root; the first of these that exists runs it. */
    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    private final TemporaryDirectory directory;
    private final Path binaries;
    private final List<String> asUser;
    private final String password;
    private final int port;
    private final ProcessTreeCpu cpu;
    private final Thread atExit = new Thread(this::stop, "stop-postgresql");

    private PostgresCluster(
            TemporaryDirectory directory, Path binaries, List<String> asUser, String password, int port) {
        this.directory = directory;
        this.binaries = binaries;
        this.asUser = asUser;
        this.password = password;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(atExit);
        this.cpu = new ProcessTreeCpu(start());
    }

    /**
     * Creates and starts one.
     *
     * @throws LocalException if there is no PostgreSQL here or it does not start
     */
    public static PostgresCluster create() {
        Path binaries = PostgresBinaries.find()
                .orElseThrow(
                        () -> new LocalException("There is no PostgreSQL: initdb and pg_ctl are neither on PATH nor in "
                                + PostgresBinaries.DEBIAN + "/*/bin."));
        TemporaryDirectory directory = TemporaryDirectory.createToBeClosed("callweave-postgresql-");
        try {
            List<String> asUser = asUser(directory.path());
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            return new PostgresCluster(
                    directory, binaries, asUser, HexFormat.of().formatHex(random), freePort());
        } catch (IOException e) {
            directory.close();
            throw new LocalException("PostgreSQL cannot be prepared: " + e.getMessage() + ".", e);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** The beginning of a command that runs as the owner of the directory; empty unless this is root. */
    private static List<String> asUser(Path directory) throws IOException {
        if (!Files.getOwner(directory).getName().equals("root")) {
            return List.of();
        }
        for (String name : UNPRIVILEGED) {
            try {
                UserPrincipal user =
                        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
                Files.setOwner(directory, user);
                return List.of("runuser", "-u", name, "--");
            } catch (UserPrincipalNotFoundException e) {
                // The next one, perhaps.
            }
        }
        throw new LocalException("PostgreSQL does not run as root, and there is no user "
                + String.join(" or ", UNPRIVILEGED) + " to run it.");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the process of the postmaster. */
    private long start() {
        Path passwordFile = directory.path().resolve("password");
        try {
            Files.writeString(passwordFile, password);
            Files.setOwner(passwordFile, Files.getOwner(directory.path()));
            run(
                    "initdb",
                    "-D",
                    data(),
                    "-U",
                    USER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "-E",
                    "UTF8",
                    "--locale=C");
            Files.delete(passwordFile);
            run(
                    "pg_ctl",
                    "-D",
                    data(),
                    "-w",
                    "-l",
                    directory.path().resolve("log").toString(),
                    "-o",
                    "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''",
                    "start");
            return Long.parseLong(
                    Files.readAllLines(Path.of(data(), "postmaster.pid")).get(0));
        } catch (IOException e) {
            throw new LocalException("PostgreSQL cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private String data() {
        return directory.path().resolve("data").toString();
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(asUser);
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            File output = directory.path().resolve(program + ".out").toFile();
            Process process = new ProcessBuilder(command)
                    .directory(directory.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            if (process.waitFor() != 0) {
                throw new LocalException(program + " of PostgreSQL failed: "
                        + Files.readString(output.toPath(), StandardCharsets.UTF_8)
                                .strip()
                                .replaceAll("\\s+", " "));
            }
        } catch (IOException e) {
            throw new LocalException(program + " of PostgreSQL cannot be run: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException(program + " of PostgreSQL was interrupted.", e);
        }
    }

    /** A connection as the owner of the database. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER + "&password=" + password;
    }

    /** CPU seconds of all its processes so far, also of those that have ended. */
    public double cpuSeconds() {
        return cpu.seconds();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the process is stopping: the hook runs or has run
        }
        stop();
    }

    private void stop() {
        try {
            run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
        } finally {
            directory.close();
        }
    }
}

package io.callweave.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.OtherPrograms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The commands of Docker and Compose, and the names of the images that the tests use. No image is ever pulled. */
final class ContainerTools {

    static final String KAFKA_IMAGE = System.getProperty("callweave.test.kafka-image", "apache/kafka:4.4.0");
    static final String SERVICE_IMAGE = System.getProperty("callweave.test.image", "callweave:local");
    static final String TOOLS_IMAGE = System.getProperty("callweave.test.tools-image", "callweave-tools:local");
    static final String PROMETHEUS_IMAGE =
            System.getProperty("callweave.test.prometheus-image", "callweave-test/prometheus:local");

    /** {@code docker-compose}, or {@code docker compose} for version 2. */
    private static final List<String> COMPOSE = List.of(
            System.getProperty("callweave.test.compose", "docker-compose").split(" "));

    /** What a command printed on stdout and stderr, and its exit status. */
    record Result(int status, String output) {}

    private ContainerTools() {}

    /**
     * Skips the test where Docker or an image is missing, with a line that says so; with -Pcontainers it fails. Docker's command is
     * asked and not Testcontainers, which in a container itself pulls an image of its own before it answers.
     */
    static void require(String... images) throws InterruptedException {
        for (String image : images) {
            if (!succeeds(List.of("docker", "image", "inspect", image))) {
                OtherPrograms.missing(
                        "The container test",
                        "Docker does not run, or has no image " + image + "; src/it/docker/images.sh builds it.");
            }
        }
    }

    static void requireCompose() throws InterruptedException {
        List<String> version = new ArrayList<>(COMPOSE);
        version.add("version");
        if (!succeeds(version)) {
            OtherPrograms.missing("The container test", "there is no " + String.join(" ", COMPOSE) + ".");
        }
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return execute(Map.of(), command).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What Docker printed. */
    static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(Arrays.asList(arguments));
        Result result = execute(Map.of(), command);
        if (result.status() != 0) {
            throw new IllegalStateException(command + " ended with " + result.status() + ": " + result.output());
        }
        return result.output();
    }

    static Result compose(Map<String, String> variables, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(COMPOSE);
        command.addAll(arguments);
        return execute(variables, command);
    }

    private static Result execute(Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }
}

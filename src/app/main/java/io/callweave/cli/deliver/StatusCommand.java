package io.callweave.cli.deliver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.files.LocalException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code deliver status}: how the endpoints are, as each instance says. */
@Command(
        name = "status",
        description = {
            "Print how each endpoint is: what waits, what was delivered or failed, and when it goes on.",
            "One instance is asked, and asks all others. Times are those of the slowest instance."
        },
        footer = {
            "",
            "Examples:",
            "  callweave deliver status",
            "  callweave deliver status --url http://deliver-0:8080"
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS = List.of(
            "subscription",
            "endpoint",
            "state",
            "waiting",
            "running",
            "delivered",
            "failed",
            "p50Ms",
            "p99Ms",
            "nextAttempt",
            "lastFailure");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Health and metrics of any instance (default http://127.0.0.1:8080).")
    private String url = "http://127.0.0.1:8080";

    @Option(names = "--json", description = "Print JSON: an array of endpoints.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Status status = ask(url);
        List<Map<String, Object>> all = status.endpoints();
        status.instances().stream()
                .filter(instance -> !instance.answers())
                .forEach(instance -> Messages.to(spec)
                        .println("callweave: The instance " + instance.address()
                                + " does not answer; its figures are missing."));
        if (json) {
            Messages.dataTo(spec).json(all);
        } else {
            Messages.dataTo(spec)
                    .table(Stream.concat(
                                    Stream.of(COLUMNS),
                                    all.stream()
                                            .map(each -> COLUMNS.stream()
                                                    .map(column -> shown(each.get(column)))
                                                    .toList()))
                            .toList());
        }
        return ExitStatus.DONE;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "-" : String.valueOf(value);
    }

    /** What an instance says of all. */
    private record Status(List<Instance> instances, List<Map<String, Object>> endpoints) {}

    private record Instance(String address, boolean answers) {}

    private static Status ask(String url) throws InterruptedException {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/deliver/status"))
                                    .timeout(TIMEOUT)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 403) {
                throw new LocalException(url + " refuses: " + answer.body());
            }
            if (answer.statusCode() != 200) {
                throw new LocalException(url + " is no deliverer: it answers " + answer.statusCode() + ".");
            }
            return JSON.readValue(answer.body(), Status.class);
        } catch (IOException | IllegalArgumentException e) {
            throw new LocalException(
                    "No deliverer answers at " + url + "; name its http.host and http.port with --url.", e);
        }
    }
}

package io.callweave.cli.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.local.LocalException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
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
        description = "Print how each endpoint is: what waits, what was delivered or failed, and when it goes on.",
        footer = {
            "",
            "Examples:",
            "  callweave deliver status",
            "  callweave deliver status --url http://deliver-0:8080 --url http://deliver-1:8080"
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
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
            description = "Health and metrics of an instance (default http://127.0.0.1:8080); can be repeated.")
    private List<String> urls = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON: an array of endpoints.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String url : urls.isEmpty() ? List.of("http://127.0.0.1:8080") : urls) {
            all.addAll(ask(url));
        }
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

    private static List<Map<String, Object>> ask(String url) throws InterruptedException {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/deliver/status"))
                                    .timeout(TIMEOUT)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new LocalException(url + " is no deliverer: it answers " + answer.statusCode() + ".");
            }
            return JSON.readValue(answer.body(), new TypeReference<>() {});
        } catch (IOException | IllegalArgumentException e) {
            throw new LocalException(
                    "No deliverer answers at " + url + "; name its http.host and http.port with --url.", e);
        }
    }
}

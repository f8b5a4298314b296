package io.callweave.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.explain.Explanation;
import io.callweave.explain.RecordedLines;
import io.callweave.files.FileNotifications;
import io.callweave.files.Tally;
import io.callweave.notification.NotificationLimits;
import io.callweave.topology.calls.CallOptions;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The revisions that {@code explain} tells of are those that {@code run} prints for the same files. */
@Tag("full")
class ExplainIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TITLE = Pattern.compile("(?m)^REVISION (\\d+) OF (\\S+): (\\S+), \\S+$");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"explain/late acceptance/dropped", "acceptance/shuffled"})
    void shouldTellOfTheRevisionsThatRunPrints(String names) throws Exception {
        List<String> files = Stream.of(names.split(" "))
                .map(name -> "src/samples/" + name + ".ndjson")
                .toList();
        Path calls = folder.resolve("calls.ndjson");
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("run", "--calls=" + calls));
        arguments.addAll(files);
        int status =
                Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        RecordedLines recording;
        try (FileNotifications lines = new FileNotifications(files, InputStream.nullInputStream())) {
            recording = RecordedLines.read(lines, NotificationLimits.DEFAULT, new Tally());
        }

        Set<String> printed = new TreeSet<>();
        Set<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(calls)) {
            JsonNode call = JSON.readTree(line);
            String account = call.path("accountId").asText();
            String id = call.path("callId").asText();
            printed.add("%s/%s %s %s"
                    .formatted(
                            account,
                            id,
                            call.path("revision"),
                            call.path("status").asText()));
            String page = Explanation.of(recording, account, id, CallOptions.DEFAULT, false);
            TITLE.matcher(page)
                    .results()
                    .map(title -> "%s/%s %s %s".formatted(account, title.group(2), title.group(1), title.group(3)))
                    .forEach(told::add);
        }

        assertThat(told).isNotEmpty().isEqualTo(printed);
    }
}

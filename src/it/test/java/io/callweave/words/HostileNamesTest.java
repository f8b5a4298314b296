package io.callweave.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.record.CallRecord;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.DataLines;
import io.callweave.console.view.LaneJson;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.testcalls.Assembled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller's name goes through every place that prints names, and cannot steer a terminal or look like another name. */
class HostileNamesTest {

    /** Clears the screen and colours, in both forms; turns the direction; is not seen. */
    private static final String NAME = "Eve\u001b[2J\u009b31m\u202eevE\u200b\u0007";

    private static final Pattern SHOWN_RAW = Pattern.compile("[\u001b\u009b\u202e\u200b\u0007]");
    private static final Pattern NAMES = Pattern.compile("\"name\": ?\"[^\"]*\"");

    @TempDir
    private Path folder;

    private final Map<String, String> printed = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"examples/queue", "examples/blind", "examples/voicemail", "reported/05a-ringout-answered"})
    void shouldShowACallersNameOnlyAsMarks(String sample) throws IOException {
        List<String> notifications = Files.readAllLines(Path.of("src/samples", sample + ".ndjson")).stream()
                .map(HostileNamesTest::hostile)
                .toList();
        CallRecord record = Assembled.calls(notifications).get(0);
        String id = record.callId();
        Path file = Files.write(folder.resolve("calls.ndjson"), notifications);
        ToldCall call = new ToldCall(record, notifications, DirectoryLookup.EMPTY);
        ToldCall listed = new ToldCall(
                record,
                notifications,
                (account, extension) ->
                        new DirectoryEntry(account, extension, NAME, DirectoryEntry.USER, null, null, null));

        for (ToldCall each : List.of(call, listed)) {
            print("demo, local", each.demo());
            print("table of export and run", each.table());
            print("CSV of export and run", each.csv());
            print("explain, and the console's answer to why", each.explanation());
            print("report", each.reportPage());
            print("CSV of the report", each.reportTable("longest-waits"));
            print("sentence of the console", each.words().sentence());
            print(
                    "steps of the console",
                    LaneJson.steps(each.words().steps(), 0).toString());
            print("lanes of the console", LaneJson.lanes(each.words().lanes()).toString());
            print("list of the console", without("texts", each));
            print(
                    "journey of a webhook",
                    new ObjectMapper().readTree(each.webhook()).at("/data/journey"));
            ToldCall.Live live = each.half();
            if (live != null) {
                print("live sentence", live.sentence());
                print(
                        "live journey",
                        new ObjectMapper().readTree(live.webhook()).at("/data/journey"));
                print(
                        "live labels",
                        live.view().json().path("label").toString()
                                + live.view().json().path("names"));
            }
        }
        for (String format : List.of("table", "csv")) {
            print("assemble --format=" + format, command("assemble", file.toString(), "--format=" + format));
        }
        print("report of files", report(file));

        assertThat(printed).allSatisfy((place, text) -> assertThat(text).doesNotContainPattern(SHOWN_RAW));
        assertThat(printed.get("demo, local"))
                .as("%s", id)
                .contains("Eve\u241b[2J<U+009B>31m<U+202E>evE<U+200B>\u2407");
    }

    @Test
    void shouldShowANameOfTheDirectoryOnlyAsMarks() throws IOException {
        DirectoryEntry entry = new DirectoryEntry("1", "104", NAME, DirectoryEntry.USER, null, null, null);
        StringWriter csv = new StringWriter();
        DirectoryCsv.write(List.of(entry), csv);
        StringWriter table = new StringWriter();
        new DataLines(new PrintWriter(table)).table(List.of(List.of("name", "id"), List.of(NAME, "104")));
        DirectoryEntry before = new DirectoryEntry("1", "104", "Eve", DirectoryEntry.USER, null, null, null);

        String changes = String.join(
                "\n",
                DirectoryChanges.between(Map.of(before.key(), before), Set.of(), List.of(entry), false)
                        .inWords());

        assertThat(List.of(csv.toString(), table.toString(), changes))
                .allSatisfy(text -> assertThat(text).contains("Eve\u241b").doesNotContainPattern(SHOWN_RAW));
    }

    private void print(String place, Object text) {
        printed.merge(place, text.toString(), String::concat);
    }

    /** What a call is found by is data, and is not shown. */
    private static String without(String field, ToldCall call) throws IOException {
        return ((ObjectNode) call.row()).without(field).toString();
    }

    private String command(String... arguments) throws IOException {
        Path out = folder.resolve("out");
        String[] all =
                Stream.concat(Stream.of(arguments), Stream.of("--calls=" + out)).toArray(String[]::new);
        StringWriter err = new StringWriter();
        assertThat(Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(all))
                .as("%s", err)
                .isZero();
        return Files.readString(out) + err;
    }

    private String report(Path file) throws IOException {
        Path out = folder.resolve("report");
        StringWriter err = new StringWriter();
        assertThat(Callweave.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute("report", file.toString(), "--out=" + out, "--show-numbers"))
                .as("%s", err)
                .isZero();
        StringBuilder all = new StringBuilder(err.toString());
        try (Stream<Path> files = Files.walk(out)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(each));
            }
        }
        return all.toString();
    }

    private static String hostile(String notification) {
        String escaped = "\"name\":\"Eve\\\\u001b[2J\\\\u009b31m\\\\u202eevE\\\\u200b\\\\u0007\"";
        return NAMES.matcher(notification).replaceAll(escaped);
    }
}

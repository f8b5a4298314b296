package io.callweave.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command around the page: which call is meant, what is said if there is none, and where what goes. */
class ExplainCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ACCEPTANCE = Path.of("src", "samples", "acceptance");
    private static final String CLEAN = ACCEPTANCE.resolve("clean.ndjson").toString();

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    /** In a process of its own, for it reads the real standard input and writes to the real standard output. */
    @Test
    void shouldPrintThePageAndNothingElseOnStandardOutput() throws Exception {
        JsonNode gapped = calls("dropped").stream()
                .filter(call -> call.path("incomplete").toString().equals("[\"sequenceGap\"]"))
                .findFirst()
                .orElseThrow();
        String id = gapped.path("callId").asText();
        String account = gapped.path("accountId").asText();

        CommandProcess explain = CommandProcess.run(
                Files.readAllBytes(ACCEPTANCE.resolve("dropped.ndjson")),
                "explain",
                "-",
                "--call",
                id,
                "--completion-sequence-gaps-accounts=" + account + "=ignore");

        assertThat(explain.status()).isEqualTo(ExitStatus.DONE);
        assertThat(explain.err().strip()).matches("callweave: \\d+ lines, 1 call; 0 skipped, 0 bad\\.");
        assertThat(explain.out()).startsWith("CALL " + id + " of account ").doesNotContain("Why partial");
        assertThat(explain.out().replaceAll("\\s+", " "))
                .contains("no record partial here (completion.sequence-gaps.accounts=" + account + "=ignore).");
    }

    @Test
    void shouldShareAMaskedCallThatRunsAgain() throws Exception {
        JsonNode call = calls("clean").get(0);
        Path shared = folder.resolve("shared.ndjson");
        Path again = folder.resolve("again.ndjson");

        int status = execute(
                "explain",
                CLEAN,
                "--call",
                call.path("callId").asText(),
                "--share",
                shared.toString(),
                "--completion-linger=9s",
                "--completion-sequence-gaps-accounts=" + call.path("accountId").asText() + "=ignore");
        int assembled = execute("assemble", shared.toString(), "--calls", again.toString());

        assertThat(List.of(status, assembled)).as("%s", err).containsOnly(ExitStatus.DONE);
        JsonNode head = JSON.readTree(Files.readAllLines(shared).get(0));
        assertThat(head.path("version").asText()).startsWith("callweave ");
        assertThat(head.path("settings").toString())
                .isEqualTo("{\"completion.linger\":\"9s\",\"completion.sequence-gaps\":\"ignore\"}");
        assertThat(head.path("command").asText())
                .isEqualTo("callweave assemble FILE --set completion.linger=9s --set completion.sequence-gaps=ignore");
        JsonNode record = JSON.readTree(Files.readString(again));
        assertThat(record.path("callId")).isEqualTo(head.path("call"));
        for (String field : List.of("startTime", "endTime", "result", "talkMs", "status")) {
            assertThat(record.path(field)).isEqualTo(call.path(field));
        }
        assertThat(Files.readString(shared))
                .doesNotContain(
                        call.path("accountId").asText(),
                        call.path("callId").asText().substring(2));
    }

    @Test
    void shouldNotShareIntoItsInput() {
        assertThat(execute("explain", CLEAN, "--call", "s-1", "--share", CLEAN)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("which is the input");
    }

    @Test
    void shouldSayWhichIdsAreNearAnUnknownOne() throws IOException {
        String id = calls("clean").get(0).path("callId").asText();
        String almost = id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");

        assertThat(execute("explain", CLEAN, "--call", almost)).isEqualTo(ExitStatus.FAILED);

        assertThat(err.toString())
                .startsWith("callweave: There is no call or telephony session " + almost + " in what was read; perhaps "
                        + id)
                .hasLineCount(1);
    }

    @Test
    void shouldSayThatThereIsNothingLikeIt() {
        assertThat(execute("explain", CLEAN, "--call", "nonsense")).isEqualTo(ExitStatus.FAILED);

        assertThat(err.toString().strip())
                .isEqualTo("callweave: There is no call or telephony session nonsense in what was read.");
    }

    @Test
    void shouldAskForTheAccountWhereSeveralHaveTheSession() throws Exception {
        JsonNode call = calls("clean").get(0);
        String id = call.path("callId").asText();
        String account = call.path("accountId").asText();
        List<String> lines = Files.readAllLines(Path.of(CLEAN));
        for (String line : List.copyOf(lines)) {
            lines.add(line.replace("/account/" + account + "/", "/account/9999/"));
        }
        String file = Files.write(folder.resolve("two.ndjson"), lines).toString();

        assertThat(execute("explain", file, "--call", id)).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString().strip())
                .isEqualTo("callweave: " + id + " is a call of several accounts; say which: --account " + account
                        + " or --account 9999.");
        assertThat(execute("explain", file, "--call", id, "--account", "1")).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString()).contains("callweave: The account 1 has no call or telephony session " + id);
        Path shared = folder.resolve("shared.ndjson");
        assertThat(execute("explain", file, "--call", id, "--account", "9999", "--share", shared.toString()))
                .isEqualTo(ExitStatus.DONE);
    }

    @Test
    void shouldRefuseWrongUsage() {
        for (List<String> wrong : List.of(
                List.of("explain"),
                List.of("explain", CLEAN),
                List.of("explain", "--call", "s-1"),
                List.of("explain", CLEAN, "--call", "s-1", "--completion-linger=soon"))) {
            assertThat(execute(wrong.toArray(String[]::new))).as("%s", wrong).isEqualTo(ExitStatus.WRONG_USAGE);
        }
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThat(execute("explain", "missing.ndjson", "--call", "s-1")).isEqualTo(ExitStatus.WRONG_USAGE);

        assertThat(err.toString().strip()).isEqualTo("callweave: The file missing.ndjson does not exist.");
    }

    private int execute(String... arguments) {
        return Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }

    private static List<JsonNode> calls(String sample) throws IOException {
        List<JsonNode> calls = new ArrayList<>();
        for (String line : Files.readAllLines(ACCEPTANCE.resolve(sample + ".calls.ndjson"))) {
            calls.add(JSON.readTree(line));
        }
        return calls;
    }
}

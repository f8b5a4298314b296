package io.callweave.cli.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.testcalls.ExpectedCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssembleCommandTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ExpectedCalls CLEAN = ExpectedCalls.in("acceptance/clean.calls.ndjson");

    @TempDir
    private Path folder;

    /**
     * A line that is of no use.
     *
     * @param reason null for one that is no dead letter either
     * @param bytes a character for each byte
     */
    private record Garbage(@Nullable String reason, String bytes) {

        static Garbage of(@Nullable String reason, String line) {
            return new Garbage(reason, line.getBytes(UTF_8));
        }

        Garbage(@Nullable String reason, byte[] line) {
            this(reason, new String(line, ISO_8859_1));
        }

        byte[] line() {
            return bytes.getBytes(ISO_8859_1);
        }
    }

    @Test
    void shouldPrintTheCallsOfAFileInOrder() throws Exception {
        CommandProcess assemble =
                assemble(ExpectedCalls.path("acceptance/clean.ndjson").toString());

        assertThat(assemble.status()).isEqualTo(ExitStatus.DONE);
        CLEAN.assertAre(assemble.outLines());
        assertThat(assemble.outLines())
                .isSortedAccordingTo((one, other) -> order(one).compareTo(order(other)))
                .allSatisfy(line -> assertThat(
                                MAPPER.readTree(line).path("revision").asLong())
                        .isOne());
        assertThat(assemble.lastErrLine()).isEqualTo("callweave: 630 lines, 60 calls; 0 skipped, 0 bad.");
    }

    /** In a process of its own, for it reads the real standard input and writes to the real standard output. */
    @Test
    void shouldPrintEveryGoodCallAndKeepEveryBadLine() throws Exception {
        List<Garbage> garbage = garbage();
        Path deadLetters = folder.resolve("dead.ndjson");

        CommandProcess assemble = CommandProcess.run(
                mixed(ExpectedCalls.lines("acceptance/clean.ndjson"), garbage),
                "assemble",
                "-",
                "--dead-letters",
                deadLetters.toString());

        List<Garbage> bad =
                garbage.stream().filter(line -> line.reason() != null).toList();
        assertThat(assemble.status()).isEqualTo(ExitStatus.DONE);
        CLEAN.assertAre(assemble.outLines());
        assertThat(deadLetters(deadLetters)).isEqualTo(bad);
        assertThat(assemble.lastErrLine())
                .isEqualTo("callweave: 652 lines, 60 calls; 2 skipped (messageStore 1, presence 1), 20 bad"
                        + " (badEventTime 2, badParty 2, badSequence 2, noAccount 1, noParties 2,"
                        + " noTelephonySessionId 2, notAnObject 4, notJson 4, tooLarge 1).");
    }

    @Test
    void shouldReadSeveralFilesAsOne() throws Exception {
        List<String> lines = ExpectedCalls.lines("acceptance/clean.ndjson");
        Path first = Files.write(folder.resolve("first"), lines.subList(300, lines.size()));
        Path second = Files.write(folder.resolve("second"), lines.subList(0, 320));

        CommandProcess assemble = assemble(first.toString(), second.toString());

        assertThat(assemble.status()).isEqualTo(ExitStatus.DONE);
        CLEAN.assertAre(assemble.outLines());
        assertThat(assemble.lastErrLine()).startsWith("callweave: 650 lines, 60 calls;");
    }

    @Test
    void shouldIgnoreGapsOfTheAccountsThatAreNamed() throws Exception {
        String dropped = ExpectedCalls.path("acceptance/dropped.ndjson").toString();

        CommandProcess other = assemble("--completion-sequence-gaps-accounts=1=ignore", dropped);
        String account = new ObjectMapper()
                .readTree(other.outLines().get(0))
                .path("accountId")
                .asText();
        CommandProcess same = assemble("--completion-sequence-gaps-accounts=" + account + "=ignore", dropped);

        assertThat(other.outLines()).anyMatch(line -> line.contains("\"sequenceGap\""));
        assertThat(same.outLines())
                .hasSize(60)
                .noneMatch(line -> line.contains("\"sequenceGap\""))
                .anyMatch(line -> !line.contains("\"missingSequences\":[]"));
    }

    @Test
    void shouldFailIfAFileIsMissing() throws IOException {
        CommandProcess assemble = assemble(folder.resolve("nowhere").toString());

        assertThat(assemble.status()).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(assemble.err()).contains("nowhere does not exist.").hasLineCount(1);
    }

    @Test
    void shouldAskForAFile() throws IOException {
        CommandProcess assemble = assemble();

        assertThat(assemble.status()).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(assemble.err()).contains("FILE");
    }

    /** In this process, which keeps its standard output to itself. */
    private CommandProcess assemble(String... arguments) throws IOException {
        Path calls = Files.writeString(folder.resolve("calls"), "");
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("assemble", "--calls", calls.toString()));
        all.addAll(List.of(arguments));
        int status = Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
        return new CommandProcess(status, Files.readString(calls), err.toString());
    }

    private static List<Garbage> garbage() {
        String good = ExpectedCalls.lines("acceptance/clean.ndjson").get(40);
        return List.of(
                Garbage.of("notJson", "hello"),
                Garbage.of("notJson", good.substring(0, good.length() / 2)),
                Garbage.of("notJson", good + "}"),
                new Garbage("notJson", invalidUtf8(good)),
                Garbage.of("notAnObject", "[]"),
                Garbage.of("notAnObject", "42"),
                Garbage.of("notAnObject", "null"),
                Garbage.of("notAnObject", "\"{}\""),
                Garbage.of("noTelephonySessionId", "{}"),
                Garbage.of("noTelephonySessionId", good.replace("\"telephonySessionId\"", "\"other\"")),
                Garbage.of(
                        "noAccount",
                        good.replaceAll("/account/\\d+", "/account/~").replace("accountId", "other")),
                Garbage.of("noParties", good.replace("\"parties\"", "\"other\"")),
                Garbage.of("noParties", good.replaceFirst("\"parties\": ?\\[.*]", "\"parties\":[]")),
                Garbage.of("badSequence", good.replaceFirst("\"sequence\": ?\\d+", "\"sequence\":\"x\"")),
                Garbage.of("badSequence", good.replaceFirst("\"sequence\": ?\\d+", "\"sequence\":-1")),
                Garbage.of("badEventTime", good.replaceFirst("\"eventTime\": ?\"[^\"]*\"", "\"eventTime\":\"today\"")),
                Garbage.of("badEventTime", good.replace("\"eventTime\"", "\"other\"")),
                Garbage.of("badParty", good.replace("\"code\"", "\"other\"")),
                // The first party is good, and known: the second one is the bad letter.
                Garbage.of("badParty", good.replaceFirst("\"parties\": ?\\[", "\"parties\":[{\"id\":\"\"},")),
                Garbage.of("tooLarge", good + " ".repeat(2 << 20)),
                Garbage.of(null, good.replace("/telephony/sessions", "/presence?detailedTelephonyState=true")),
                Garbage.of(null, good.replace("/telephony/sessions", "/message-store")),
                Garbage.of(null, ""),
                Garbage.of(null, " \t "));
    }

    private static byte[] invalidUtf8(String good) {
        byte[] bytes = good.getBytes(UTF_8);
        int name = good.indexOf("phoneNumber") + "phoneNumber\": \"".length();
        bytes[name + 1] = (byte) 0xC3;
        return bytes;
    }

    /** The bad lines at some places between the good ones, in their order. */
    private static byte[] mixed(List<String> good, List<Garbage> garbage) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        good.forEach(line -> lines.add(line.getBytes(UTF_8)));
        int[] places =
                new Random(3).ints(garbage.size(), 0, lines.size()).sorted().toArray();
        for (int i = garbage.size() - 1; i >= 0; i--) {
            lines.add(places[i], garbage.get(i).line());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            file.write(line);
            file.write('\n');
        }
        return file.toByteArray();
    }

    private static List<Garbage> deadLetters(Path file) throws IOException {
        List<Garbage> letters = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode letter = MAPPER.readTree(line);
            assertThat(letter.path("source").asText()).matches("-:\\d+");
            byte[] value = letter.has("value")
                    ? letter.path("value").asText().getBytes(UTF_8)
                    : letter.path("valueBase64").binaryValue();
            letters.add(new Garbage(letter.path("reason").asText(), value));
        }
        return letters;
    }

    private static String order(String line) {
        try {
            JsonNode call = MAPPER.readTree(line);
            return String.join(
                    " ",
                    call.path("startTime").asText(),
                    call.path("callId").asText(),
                    call.path("accountId").asText());
        } catch (IOException e) {
            throw new IllegalArgumentException(line, e);
        }
    }
}

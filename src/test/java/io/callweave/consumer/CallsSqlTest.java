package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.Delivery;
import io.callweave.simulation.PhoneCall;
import io.callweave.testcalls.ExampleCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL of docs/calls.md holds what {@link CallTable} holds. Needs a Python 3, which has SQLite in it. */
class CallsSqlTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("src", "test", "resources", "consumer");
    private static final int SHUFFLES = 20;

    @Test
    void shouldHoldAndFindWhatTheConsumerInJavaDoes(@TempDir Path folder) throws Exception {
        assumeTrue(python("-c", "import sqlite3") == 0, "There is no python3 with sqlite3 here.");
        SplittableRandom random = new SplittableRandom(5);
        List<ConsumerRecord<String, String>> read = new ArrayList<>();
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            List<String> lines = new ArrayList<>(ExampleCalls.lines().getOrDefault("late-link", List.of()));
            lines.addAll(Delivery.of(chain(shuffle))
                    .shuffled(shuffle, Duration.ofMinutes(2))
                    .lines());
            List<ConsumerRecord<String, String>> emitted = Emissions.of(lines, shuffle % 10, random, 20_000);
            // A later lifetime of the state begins with revision 1 again; of the last one only that is read yet.
            int end = shuffle % 10 == 9 ? 1 : emitted.size();
            read.addAll(Emissions.asRead(emitted.subList(0, end), random));
        }
        CallTable table = new CallTable();
        TreeSet<String> keys = new TreeSet<>();
        for (ConsumerRecord<String, String> record : read) {
            table.read(record);
            keys.add(record.key());
        }

        List<String> said = said(read, folder);

        assertThat(said.stream().filter(line -> line.startsWith("call ")))
                .containsExactlyInAnyOrderElementsOf(
                        table.calls().stream().map(call -> "call " + call).toList());
        List<String> found = new ArrayList<>();
        for (String key : keys) {
            String[] parts = key.split("/", 2);
            table.find(parts[0], parts[1]).ifPresent(call -> found.add("found " + parts[1] + " " + call));
        }
        assertThat(said.stream().filter(line -> line.startsWith("found "))).containsExactlyInAnyOrderElementsOf(found);
        assertThat(read).anyMatch(record -> record.value().contains("\"status\":\"superseded\""));
    }

    private static PhoneCall chain(int seed) {
        return PhoneCall.call()
                .seeded(seed)
                .inbound("+15550100002")
                .answeredBy("104")
                .attendedTransferTo("106")
                .attendedTransferTo("105")
                .hangUp();
    }

    private static List<String> said(List<ConsumerRecord<String, String>> read, Path folder) throws Exception {
        List<String> rows = new ArrayList<>();
        for (ConsumerRecord<String, String> record : read) {
            JsonNode call = JSON.readTree(record.value());
            ObjectNode row = JSON.createObjectNode();
            row.set("account_id", call.get("accountId"));
            row.set("call_id", call.get("callId"));
            row.put(
                    "epoch",
                    Long.parseLong(
                            new String(record.headers().lastHeader("epoch").value(), UTF_8)));
            row.set("revision", call.get("revision"));
            row.set("status", call.get("status"));
            row.set("superseded_by", call.get("supersededBy"));
            row.put("record", record.value());
            rows.add(row.toString());
        }
        Path in = Files.write(folder.resolve("in"), rows, UTF_8);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        "python3",
                        RESOURCES.resolve("sqlite.py").toString(),
                        RESOURCES.resolve("calls.sql").toString())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(out, UTF_8);
    }

    private static int python(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException absent) {
            return -1;
        }
    }
}

package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.ExampleCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The SQL in docs/calls.md has the same result as {@link CallTable}. */
class CallsSqlTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("docs", "examples");
    private static final Pattern PARAMETER = Pattern.compile(":([a-z_]+)");
    private static final int SHUFFLES = 20;

    @Test
    void shouldHoldAndFindTheSameAsTheConsumerInJava() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        List<ConsumerRecord<String, String>> read = new ArrayList<>();
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            List<String> lines = new ArrayList<>(ExampleCalls.lines().getOrDefault("late-link", List.of()));
            lines.addAll(Delivery.of(chain(shuffle))
                    .shuffled(shuffle, Duration.ofMinutes(2))
                    .lines());
            List<ConsumerRecord<String, String>> emitted = Emissions.of(lines, shuffle % 10, random, 20_000);
            // A later lifetime of the state begins with revision 1 again; only that record of the last lifetime has
            // been read.
            int end = shuffle % 10 == 9 ? 1 : emitted.size();
            read.addAll(Emissions.asRead(emitted.subList(0, end), random));
        }
        CallTable table = new CallTable();
        TreeSet<String> keys = new TreeSet<>();
        for (ConsumerRecord<String, String> record : read) {
            table.read(record);
            keys.add(record.key());
        }

        List<String> said = said(read);

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

    private static List<String> said(List<ConsumerRecord<String, String>> read) throws Exception {
        String[] statements =
                Files.readString(EXAMPLES.resolve("calls.sql"), UTF_8).split(";", -1);
        List<String> said = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            try (Statement create = database.createStatement()) {
                create.execute(statements[0]);
            }
            Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
            for (ConsumerRecord<String, String> record : read) {
                Map<String, Object> row = row(record);
                keys.put(record.key(), row);
                try (PreparedStatement upsert = prepared(database, statements[1], row)) {
                    upsert.executeUpdate();
                }
            }
            addAll(database, statements[2], Map.of(), "call ", said);
            for (Map<String, Object> key : keys.values()) {
                addAll(database, statements[3], key, "found " + key.get("call_id") + " ", said);
            }
        }
        return said;
    }

    private static Map<String, Object> row(ConsumerRecord<String, String> record) throws Exception {
        JsonNode call = JSON.readTree(record.value());
        Map<String, Object> row = new HashMap<>();
        row.put("account_id", call.get("accountId").asText());
        row.put("call_id", call.get("callId").asText());
        row.put("epoch", call.get("epoch").asLong());
        row.put("revision", call.get("revision").asLong());
        row.put("status", call.get("status").asText());
        row.put("superseded_by", call.get("supersededBy").textValue());
        row.put("record", record.value());
        return row;
    }

    private static void addAll(
            Connection database, String sql, Map<String, Object> parameters, String prefix, List<String> said)
            throws SQLException {
        try (PreparedStatement query = prepared(database, sql, parameters);
                ResultSet found = query.executeQuery()) {
            while (found.next()) {
                said.add(prefix + found.getString(1));
            }
        }
    }

    /** JDBC has positional parameters; the documents name them. */
    private static PreparedStatement prepared(Connection database, String sql, Map<String, Object> parameters)
            throws SQLException {
        List<Object> values = new ArrayList<>();
        String placed = PARAMETER.matcher(sql).replaceAll(named -> {
            values.add(parameters.get(named.group(1)));
            return "?";
        });
        PreparedStatement statement = database.prepareStatement(placed);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }
}
